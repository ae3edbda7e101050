/**
 * A small picture of an unrolled network: what each step reads, its state, what it should say and what it
 * says.
 */
import type { TopologyExhibit } from '../../lab/exhibit.js';
import type { Answered } from '../../lab/protocol.js';
import { svg } from '../dom.js';

type Name = TopologyExhibit['name'];

type IsStep = (t: number, T: number) => boolean;

/** At which of T steps an arrangement reads, and at which it answers. */
const SHAPES: Readonly<Record<Name, { readonly reads: IsStep; readonly says: IsStep }>> = {
  adding: { reads: () => true, says: (t, T) => t === T - 1 },
  copy: { reads: () => true, says: () => true },
  label: { reads: (t) => t === 0, says: () => true },
  // The encoder reads the string, the decoder its own answers.
  reverse: { reads: () => true, says: (t, T) => t >= (T - 1) / 2 },
};

const LEFT = 42;
const ROWS = { right: 12, says: 32, h: 68, reads: 110 } as const;
export const HEIGHT = 122;
/** Half the height of a box. */
const HALF = 9;
/** The norm at which a box is white, relative to the largest. */
const LEAST = 1e-6;
/** Half the width of a sum, `-.02`. */
const HALF_SUM = 16;
/** The error of a sum that counts as right. */
const NEAR = 0.05;

export function drawUnrolled(picture: SVGSVGElement, name: Name, answered: Answered): void {
  const { clientWidth: width } = picture;
  const T = answered.reads.length;
  const gap = name === 'reverse' ? 8 : 0;
  const isLater = (t: number) => name === 'reverse' && t >= (T - 1) / 2;
  // The last step's text is in the middle of its column, and may be wider.
  const half = name === 'adding' ? HALF_SUM : 0;
  const column = Math.min(36, (width - LEFT - gap - 2) / T, (width - LEFT - gap - half) / (T - 0.5));
  const x = (t: number) => LEFT + column * (t + 0.5) + (isLater(t) ? gap : 0);
  const wide = Math.max(8, column - (column > 20 ? 8 : 4));
  const largest = Math.max(...answered.norms) || 1;
  const parts: SVGElement[] = [
    ...rowName('answer', ROWS.right),
    ...rowName('says', ROWS.says),
    ...rowName('h', ROWS.h),
    ...rowName('reads', ROWS.reads),
  ];
  const { reads, says } = SHAPES[name];
  for (let t = 0; t < T; t++) {
    const at = x(t);
    if (t > 0) parts.push(arrow(x(t - 1) + wide / 2, ROWS.h, at - wide / 2, ROWS.h));
    if (reads(t, T)) parts.push(arrow(at, ROWS.reads - (answered.reads[t] ? 13 : 4), at, ROWS.h + HALF));
    if (says(t, T)) parts.push(arrow(at, ROWS.h - HALF, at, ROWS.says + 6));
    parts.push(...box(at, wide, share(answered.norms[t]! / largest)));
    parts.push(...letters(answered, t, at, reads(t, T), says(t, T)));
  }
  if (gap) parts.push(svg('text', { x: x(0) - wide / 2, y: ROWS.h - 16 }, 'encoder'));
  picture.replaceChildren(...parts);
  picture.setAttribute('aria-label', describe(answered));
}

const rowName = (text: string, y: number) => [svg('text', { x: 0, y: y + 4 }, text)];

/** 0 to 1, of a norm relative to the largest, by its logarithm. */
const share = (norm: number) => 1 - Math.log10(Math.max(LEAST, Math.min(1, norm))) / Math.log10(LEAST);

function box(x: number, width: number, shade: number): SVGElement[] {
  const place = { x: x - width / 2, y: ROWS.h - HALF, width, height: 2 * HALF, rx: 3 };
  return [
    svg('rect', { class: 'paper', ...place }),
    svg('rect', { class: 'state', 'fill-opacity': shade.toFixed(3), ...place }),
  ];
}

function arrow(x1: number, y1: number, x2: number, y2: number): SVGElement {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  const head = Math.min(4, length / 2);
  const [bx, by] = [x2 - head * dx, y2 - head * dy];
  const wing = 0.7 * head;
  const tip = `M${bx - wing * dy} ${by + wing * dx}L${x2} ${y2}L${bx + wing * dy} ${by - wing * dx}`;
  return svg('path', { class: 'arrow', d: `M${x1} ${y1}L${x2} ${y2}${tip}` });
}

function letters({ reads, right, says }: Answered, t: number, x: number, isRead: boolean, isSaid: boolean) {
  const middle = { x, 'text-anchor': 'middle' };
  const made: SVGElement[] = [];
  const read = reads[t]!;
  if (read) made.push(svg('text', { ...middle, class: 'symbol', y: ROWS.reads + 4 }, short(read)));
  else if (isRead) made.push(svg('circle', { class: 'unread', cx: x, cy: ROWS.reads, r: 1.5 }));
  if (!isSaid) return made;
  made.push(svg('text', { ...middle, y: ROWS.right + 4 }, short(right[t]!)));
  const isRight = isAnswer(says[t]!, right[t]!);
  const said = { ...middle, class: isRight ? 'symbol' : 'symbol wrong', y: ROWS.says + 4 };
  made.push(svg('text', said, short(says[t]!) || (isRight ? '' : '_')));
  return made;
}

/** Letters are right or wrong; a sum is right when it is near. */
export const isAnswer = (said: string, right: string) =>
  said === right || (said !== '' && right !== '' && Math.abs(Number(said) - Number(right)) < NEAR);

/** `.31` of `0.31`: there is little room. */
const short = (text: string) => text.replace(/^(-?)0\./, '$1.');

const joined = (parts: readonly string[]) => {
  const known = parts.filter((part) => part !== '');
  return known.join(known.some((part) => part.length > 1) ? ' ' : '');
};

/** The picture in words. */
export const describe = ({ reads, right, says }: Answered) =>
  `Reads ${joined(reads)}; should say ${joined(right)}; says ${joined(says) || 'nothing'}`;
