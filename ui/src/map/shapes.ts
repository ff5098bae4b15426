/** The shapes of states, drawn onto any canvas around a middle. */

import type { Shape } from '../parts/encodings';

export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/**
 * Draws a shape.
 *
 * @param r half of how large it is, in pixels
 * @param turn for what moves: 0 to 1 of a turn
 */
export function shape(pen: Pen, what: Shape, x: number, y: number, r: number, colour: string, turn = 0): void {
  pen.fillStyle = colour;
  pen.strokeStyle = colour;
  pen.lineWidth = Math.max(1, r * 0.34);
  pen.beginPath();
  switch (what) {
    case 'disc':
      pen.arc(x, y, r * 0.62, 0, 2 * Math.PI);
      pen.fill();
      return;
    case 'dot':
      pen.arc(x, y, r * 0.36, 0, 2 * Math.PI);
      pen.fill();
      return;
    case 'half-disc':
      pen.arc(x, y, r * 0.8, Math.PI / 2, 1.5 * Math.PI);
      pen.fill();
      pen.beginPath();
      pen.lineWidth = Math.max(1, r * 0.2);
      pen.arc(x, y, r * 0.72, 1.5 * Math.PI, Math.PI / 2);
      pen.stroke();
      return;
    case 'square':
      pen.fillRect(x - r * 0.68, y - r * 0.68, r * 1.36, r * 1.36);
      return;
    case 'diamond':
      polygon(pen, [[x, y - r], [x + r, y], [x, y + r], [x - r, y]]);
      return;
    case 'triangle': {
      const lift = r * 0.12 * Math.sin(turn * 2 * Math.PI);
      polygon(pen, [[x, y - r * 0.95 - lift], [x + r * 0.9, y + r * 0.7 - lift], [x - r * 0.9, y + r * 0.7 - lift]]);
      return;
    }
    case 'crossed-ring':
      crossed(pen, x, y, r);
      return;
    case 'ring-with-arc':
      arced(pen, x, y, r, turn);
  }
}

function polygon(pen: Pen, points: readonly (readonly [number, number])[]): void {
  points.forEach(([x, y], i) => (i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
  pen.closePath();
  pen.fill();
}

function crossed(pen: Pen, x: number, y: number, r: number): void {
  const inner = r * 0.42;
  pen.arc(x, y, r * 0.84, 0, 2 * Math.PI);
  pen.moveTo(x - inner, y - inner);
  pen.lineTo(x + inner, y + inner);
  pen.moveTo(x + inner, y - inner);
  pen.lineTo(x - inner, y + inner);
  pen.stroke();
}

function arced(pen: Pen, x: number, y: number, r: number, turn: number): void {
  pen.globalAlpha *= 0.4;
  pen.arc(x, y, r * 0.8, 0, 2 * Math.PI);
  pen.stroke();
  pen.globalAlpha /= 0.4;
  pen.beginPath();
  const from = turn * 2 * Math.PI - Math.PI / 2;
  pen.arc(x, y, r * 0.8, from, from + 1.5 * Math.PI);
  pen.stroke();
}
