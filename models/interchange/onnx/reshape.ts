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
  const made: Axis[] = [];
  let [at, isMerged] = [0, false];
  for (const [d, size] of sizes.entries()) {
    const isLast = d === sizes.length - 1;
    const group = takeGroup(axes, at, d, size, isLast);
    if (!group) return null;
    at += group.length;
    const axis = oneOf(group);
    if (!axis) return null;
    if (group.some(({ role, size: count }) => role === 'parts' && count !== 1)) isMerged = true;
    made.push(axis);
  }
  return at === axes.length ? { axes: made, isMerged } : null;
}

/** The axes that make a size, from place `at` on; null: none do. */
function takeGroup(
  axes: readonly Axis[],
  at: number,
  d: number,
  size: Size,
  isLast: boolean,
): readonly Axis[] | null {
  // 0 is the size that the axis at this place has, -1 what is left.
  if (size === 0) return at === d && axes[d] && (!isLast || at === axes.length - 1) ? [axes[d]] : null;
  if (size === -1) return isLast && axes.slice(at).every((axis) => axis.size !== null) ? axes.slice(at) : null;
  if (typeof size !== 'number') return axes[at] === size ? [size] : null;
  const group: Axis[] = [];
  let count = 1;
  for (const axis of axes.slice(at)) {
    if (count === size && group.length > 0 && !(isLast && axis.size === 1)) break;
    if (axis.size === null) break;
    // A 1 where none is: a new axis.
    if (size === 1 && axis.size !== 1) break;
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
