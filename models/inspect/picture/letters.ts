/** Letters with subscripts. */
import type { Graph } from '../../graph/graph.js';

/** Short names of weights: `lstm2.U` is U or, if there are several U, the second is U₂. */
export function weightNames({ model }: Graph): (parameter: string) => string {
  const names = model.parameters.list.map(({ name }) => name);
  const letter = (name: string) => name.slice(name.lastIndexOf('.') + 1);
  return (parameter) => {
    const alike = names.filter((name) => letter(name) === letter(parameter));
    return alike.length === 1
      ? letter(parameter)
      : subscript(letter(parameter), alike.indexOf(parameter) + 1);
  };
}

const DIGITS = '₀₁₂₃₄₅₆₇₈₉';

export const subscript = (letter: string, n: number) =>
  letter + `${n}`.replace(/\d/g, (digit) => DIGITS[+digit]!);
