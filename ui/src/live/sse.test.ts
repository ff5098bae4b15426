import { expect, test } from 'vitest';
import { MessageReader } from './sse';

const TEXT = 'retry: 1000\n\nid: a\nevent: synced\ndata: {"x":1}\n\n: hello\ndata: one\ndata: two\n\n';
const MESSAGES = [
  { id: 'a', event: 'synced', data: '{"x":1}' },
  { id: null, event: 'message', data: 'one\ntwo' },
];

test('messages are read wherever the text is cut', () => {
  for (let cut = 0; cut <= TEXT.length; cut++) {
    const reader = new MessageReader();
    const read = [...reader.read(TEXT.slice(0, cut)), ...reader.read(TEXT.slice(cut))];
    expect(read, `cut at ${cut}`).toEqual(MESSAGES);
  }
});

test('every end of a line ends it', () => {
  for (const end of ['\r\n', '\r']) {
    const reader = new MessageReader();
    const text = TEXT.replaceAll('\n', end);
    const read = [...text].flatMap((character) => reader.read(character));
    expect([...read, ...reader.read('\n')]).toEqual(MESSAGES);
  }
});

test('what has no data is no message', () => {
  expect(new MessageReader().read('id: 1\nevent: change\n\n\n\n')).toEqual([]);
});
