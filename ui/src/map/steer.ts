/** What the keys do on the map. */

import type { Model } from './model';
import { enter, leave, step, type Direction, type Standing } from './walk';

/** What the keys lead to. */
export interface Helm {
  readonly stand: (to: Standing) => void;
  readonly openNode: (home: number) => void;
  readonly zoom: (factor: number) => void;
  readonly play: () => void;
}

const ZOOM = 1.4;
const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** Whether a key begins a walk, wherever it is pressed. */
export function begins(key: string): boolean {
  return key in ARROWS || key === 'Enter';
}

/** Does what a key says; nothing for one that says nothing. */
export function steer(event: KeyboardEvent, model: Model, at: Standing, { stand, openNode, zoom, play }: Helm): void {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const out = () => stand(leave(model, at));
  const acts: Readonly<Record<string, () => void>> = {
    Enter: () => (at.home >= 0 ? openNode(at.home) : stand(enter(model, at))),
    Escape: out,
    Backspace: out,
    '+': () => zoom(ZOOM),
    '=': () => zoom(ZOOM),
    '-': () => zoom(1 / ZOOM),
    ' ': play,
  };
  const direction = ARROWS[event.key];
  const act = direction === undefined ? acts[event.key] : () => stand(step(model, at, direction));
  if (act !== undefined) {
    event.preventDefault();
    act();
  }
}
