/** What can be asked of a training, in each of its states. */
import { describe, expect, it } from '@jest/globals';
import { Run, type RunState } from '../../../tasks/playground/page/run.js';

function opened() {
  const states: RunState[] = [];
  const run = new Run((state) => states.push(state));
  run.open(run.ask());
  return { run, states };
}

describe('a training', () => {
  it('can do nothing before it is there', () => {
    const run = new Run(() => {});
    expect([run.state, run.canTrain]).toEqual(['none', false]);
    run.ask();
    expect([run.state, run.canTrain]).toEqual(['none', false]);
  });

  it('is paused, trains, and is paused again', () => {
    const { run, states } = opened();
    run.begin('training');
    expect(run.canTrain).toBe(false);
    run.end();
    expect(states).toEqual(['none', 'paused', 'training', 'paused']);
  });

  it('is not paused before the last of what was asked for has ended', () => {
    const { run } = opened();
    run.begin('stepping');
    run.begin('stepping');
    expect(run.canTrain).toBe(true);
    run.begin('training');
    run.end();
    run.end();
    expect(run.state).toBe('training');
    run.end();
    expect(run.state).toBe('paused');
  });

  it('goes on when another one is refused, and ends when that is there', () => {
    const { run } = opened();
    run.begin('training');
    const refused = run.ask();
    expect(run.state).toBe('none');
    run.refuse(refused);
    expect(run.state).toBe('training');
    const next = run.ask();
    run.open(next);
    expect([run.state, run.isShown(next), run.isShown(1)]).toEqual(['paused', true, false]);
  });

  it('is that which was asked for last, though an earlier one arrives or is refused', () => {
    const { run } = opened();
    const [first, second] = [run.ask(), run.ask()];
    run.open(first);
    expect(run.state).toBe('none');
    run.refuse(first);
    expect(run.state).toBe('none');
    run.open(second);
    expect(run.state).toBe('paused');
  });

  it('may be over', () => {
    const { run } = opened();
    run.begin('training');
    run.end(true);
    expect([run.state, run.canTrain]).toEqual(['over', false]);
  });
});
