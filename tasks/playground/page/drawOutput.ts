/** Draws the output of the unrolled graph, after its last step. */
import { visible } from '../words.js';
import { FONT, MONO, type Colors } from './dom.js';
import type { Picture } from './layout.js';

/** The likeliest next characters, and the one that was right; or the outputs that are largest. */
export function drawOutput(
  { context, look, layout }: Picture,
  { ink, soft, plus, minus, line }: Colors,
  isKnown: boolean,
): void {
  const { x, width } = layout.output;
  const { characters, probabilities, isProbability, steps } = look;
  const names = Array.from(look.vocabulary);
  const right = isProbability ? names.indexOf(characters[steps]!) : -1;
  const size = (id: number) => Math.abs(probabilities[id]!);
  const order = Array.from(probabilities, (_, n) => n).sort((a, b) => size(b) - size(a));
  const count = Math.min(order.length, Math.floor((layout.height - 30) / 17));
  const shown = order.slice(0, count);
  if (right >= 0 && !shown.includes(right)) shown[count - 1] = right;
  context.textAlign = 'center';
  context.font = FONT;
  context.fillStyle = soft;
  context.fillText(isProbability ? 'next' : 'output', x + width / 2, layout.height - 12);
  if (!isKnown) return;
  const most = isProbability ? 1 : Math.max(1e-30, ...shown.map(size));
  shown.forEach((id, n) => {
    const y = 14 + n * 17;
    const p = probabilities[id]!;
    context.fillStyle = line;
    context.fillRect(x + 16, y - 5, width - 52, 10);
    context.fillStyle = p < 0 ? minus : plus;
    context.fillRect(x + 16, y - 5, Math.max(1, ((width - 52) * Math.abs(p)) / most), 10);
    context.fillStyle = id === right ? ink : soft;
    context.font = id === right ? `bold ${MONO}` : MONO;
    // Numbers of outputs may need more room.
    const isLong = names[id]!.length > 1;
    context.textAlign = isLong ? 'right' : 'center';
    if (isLong) context.font = FONT;
    context.fillText(visible(names[id]!), x + (isLong ? 13 : 7), y);
    context.font = id === right ? `bold ${FONT}` : FONT;
    context.textAlign = 'right';
    const percent = `${(100 * p).toFixed(p < 0.1 ? 1 : 0)} %`;
    context.fillText(isProbability ? percent : p.toFixed(2).replace('-', '−'), x + width, y);
  });
}
