/**
 * The keyboard: keys by what they do, the same list that `?` shows.
 *
 * A component adds its keys while it is there ([keys]); those added last go first. Keys that are
 * letters do nothing while somebody types.
 */

import { onDestroy } from 'svelte';

export interface Key {
  /** One key (`j`, `ArrowDown`, `Escape`), two in a row (`g o`), or one with control (`Ctrl+k`, command on a Mac). */
  readonly key: string;
  readonly does: string;
  /** Under which heading it stands in the help. */
  readonly group: string;
  readonly run: (event: KeyboardEvent) => void;
}

const SEQUENCE_MS = 1_500;

class Keyboard {
  // Not itself state: who is taken down reads state as it was before, and would undo what was added since.
  #layers: readonly (readonly Key[])[] = [];
  /** The first key of two, while the second is awaited. */
  begun = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** All keys, those that go first in front. */
  all = $state.raw<readonly Key[]>([]);

  add(keys: readonly Key[]): () => void {
    this.#become([keys, ...this.#layers]);
    return () => this.#become(this.#layers.filter((layer) => layer !== keys));
  }

  #become(layers: readonly (readonly Key[])[]): void {
    this.#layers = layers;
    this.all = layers.flat();
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) {
      return;
    }
    const control = event.ctrlKey || event.metaKey;
    if (!control && typing(event.target)) {
      return;
    }
    const pressed = control ? `Ctrl+${event.key.toLowerCase()}` : event.key;
    const wanted = this.begun === null ? pressed : `${this.begun} ${pressed}`;
    const found = this.all.find((key) => key.key === wanted);
    this.#await(null);
    if (found) {
      event.preventDefault();
      found.run(event);
    } else if (this.all.some((key) => key.key.startsWith(`${wanted} `))) {
      event.preventDefault();
      this.#await(wanted);
    }
  }

  #await(begun: string | null): void {
    clearTimeout(this.#timer);
    this.begun = begun;
    if (begun !== null) {
      this.#timer = setTimeout(() => (this.begun = null), SEQUENCE_MS);
    }
  }
}

/** True where keys are text: in a field, or where a dialog is open. */
function typing(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) {
    return false;
  }
  const field = target.closest('input:not([type=range], [type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]');
  return field !== null || target.closest('dialog[open]') !== null;
}

export const keyboard = new Keyboard();

/** Adds keys as long as the calling component is there. */
export function keys(added: readonly Key[]): void {
  onDestroy(keyboard.add(added));
}

/** How a key is written in help: `Ctrl K`, `g then o`, `↓`. */
export function keyName(key: string): string[] {
  const names: Record<string, string> = {
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    Escape: 'Esc',
    ' ': 'Space',
  };
  return key
    .split(' ')
    .filter((part) => part !== '')
    .flatMap((part) => part.split('+'))
    .map((part) => names[part] ?? (part.length === 1 && key.includes('+') ? part.toUpperCase() : part));
}
