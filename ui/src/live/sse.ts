/** Server-sent events out of text that comes in pieces (WHATWG HTML, 9.2.6). */

export interface Message {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

export class MessageReader {
  #rest = '';
  #id: string | null = null;
  #event = '';
  #data: string[] = [];

  /** The messages that are whole now. */
  read(text: string): Message[] {
    const messages: Message[] = [];
    // A carriage return at the end may be half of a line's end.
    const all = this.#rest + text;
    const held = all.endsWith('\r') ? all.length - 1 : all.length;
    const lines = all.slice(0, held).split(/\r\n|\n|\r/);
    this.#rest = lines.pop()! + all.slice(held);
    for (const line of lines) {
      if (line === '') {
        if (this.#data.length > 0) {
          messages.push({ id: this.#id, event: this.#event || 'message', data: this.#data.join('\n') });
        }
        this.#id = null;
        this.#event = '';
        this.#data = [];
      } else {
        this.#field(line);
      }
    }
    return messages;
  }

  #field(line: string): void {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    switch (name) {
      case 'id':
        this.#id = value;
        break;
      case 'event':
        this.#event = value;
        break;
      case 'data':
        this.#data.push(value);
        break;
    }
  }
}
