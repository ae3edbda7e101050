/** Which axes a Reshape leaves as they are, merges, or takes away. */
import type { Axis, Size } from './values.js';

/**
 * The axes after a Reshape to these sizes; null where it does something else than to put parts and features side
 * by side, `[directions,H]` as `[directions·H]`, and to add or take away axes of size 1.
 */
export function matchSizes(
  axes: readonly Axis[],
  sizes: readonly Size[],
): { readonly axes: Axis[]; readonly isMerged: boolean } | null {
  // 0 is the size that the axis at this place has.
  const wanted = sizes.map((size, d) => (size === 0 ? (axes[d] ?? size) : size));
  // -1 is what is left between those before and those after it.
  const open = wanted.indexOf(-1);
  const [before, after] = open < 0 ? [wanted, []] : [wanted.slice(0, open), wanted.slice(open + 1)];
  const first = groupsOf(axes, before, open < 0);
  const taken = first?.flat().length ?? 0;
  const last = groupsOf(axes.slice(taken).reverse(), after.reverse(), false);
  if (!first || !last) return null;
  const rest = axes.slice(taken, axes.length - last.flat().length);
  if (open < 0 && rest.length > 0) return null;
  const groups = [
    ...first,
    ...(open < 0 ? [] : [rest]),
    ...last.reverse().map((group) => [...group].reverse()),
  ];
  const made = groups.map(oneOf);
  if (made.includes(null)) return null;
  const isMerged = groups.some((group) => group.some(({ role, size }) => role === 'parts' && size !== 1));
  return { axes: made as Axis[], isMerged };
}

/**
 * The axes that make each size, in order; null: none do.
 * @param isAll whether the last size takes the axes of size 1 that are left
 */
function groupsOf(axes: readonly Axis[], sizes: readonly Size[], isAll: boolean): Axis[][] | null {
  const groups: Axis[][] = [];
  let at = 0;
  for (const [n, size] of sizes.entries()) {
    const group = groupOf(axes.slice(at), size, isAll && n === sizes.length - 1);
    if (!group) return null;
    at += group.length;
    groups.push(group);
  }
  return groups;
}

function groupOf(axes: readonly Axis[], size: Size, isLast: boolean): Axis[] | null {
  const [next] = axes;
  if (typeof size !== 'number') return next === size ? [size] : null;
  if (next?.size === null && next.role !== 'features') {
    // The file is right only for the size that it has here.
    next.size = size;
    return [next];
  }
  const group: Axis[] = [];
  let count = 1;
  for (const axis of axes) {
    if (count === size && group.length > 0 && !(isLast && axis.size === 1)) break;
    // A 1 where none is: a new axis.
    if (axis.size === null || (size === 1 && axis.size !== 1)) break;
    count *= axis.size;
    group.push(axis);
  }
  return count === size ? group : null;
}

/** The axis of those together; null: they are none. */
function oneOf(group: readonly Axis[]): Axis | null {
  const [first, second, ...more] = group.filter(
    ({ role, size }) => !((role === 'parts' || role === 'one') && size === 1),
  );
  if (!first) return { role: 'one', size: 1 };
  if (!second) return first;
  if (more.length > 0 || first.role !== 'parts' || second.role !== 'features') return null;
  return { role: 'features', size: first.size! * second.size! };
}
