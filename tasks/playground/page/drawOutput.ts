/** Draws the output of the unrolled graph, after its last step. */
import { visible } from '../words.js';
import { FONT, MONO, type Colors } from './dom.js';
import type { Picture } from './layout.js';

/** The likeliest next characters, and the one that was right. */
export function drawOutput(
  { context, look, layout }: Picture,
  { ink, soft, plus, line }: Colors,
  isKnown: boolean,
): void {
  const { x, width } = layout.output;
  const { characters, probabilities, vocabulary } = look;
  const right = vocabulary.indexOf(characters[look.steps]!);
  const order = Array.from(probabilities, (_, n) => n).sort((a, b) => probabilities[b]! - probabilities[a]!);
  const count = Math.min(order.length, Math.floor((layout.height - 30) / 17));
  const shown = order.slice(0, count);
  if (!shown.includes(right)) shown[count - 1] = right;
  context.textAlign = 'center';
  context.font = FONT;
  context.fillStyle = soft;
  context.fillText('next', x + width / 2, layout.height - 12);
  if (!isKnown) return;
  shown.forEach((id, n) => {
    const y = 14 + n * 17;
    const p = probabilities[id]!;
    context.fillStyle = line;
    context.fillRect(x + 16, y - 5, width - 52, 10);
    context.fillStyle = plus;
    context.fillRect(x + 16, y - 5, Math.max(1, (width - 52) * p), 10);
    context.fillStyle = id === right ? ink : soft;
    context.font = id === right ? `bold ${MONO}` : MONO;
    context.textAlign = 'center';
    context.fillText(visible(vocabulary[id]!), x + 7, y);
    context.font = id === right ? `bold ${FONT}` : FONT;
    context.textAlign = 'right';
    context.fillText(`${(100 * p).toFixed(p < 0.1 ? 1 : 0)} %`, x + width, y);
  });
}
