import { describe, expect, it } from 'vitest';
import { admit, type Candidate } from '../../../coordinator/joining/admission.ts';

const worker = (host: string, since = 0): Candidate => ({ host, role: 'worker', since });
const plane = (host: string, since = 0): Candidate => ({ host, role: 'control-plane', since });
const admitted = (result: ReturnType<typeof admit>) =>
  [...result].filter(([, why]) => why === null).map(([host]) => host);

describe('admit', () => {
  it('admits workers in order of arrival, up to the wave’s size', () => {
    const asking = [worker('c', 3), worker('a', 1), worker('b', 2)];
    const result = admit({ asking, joining: [], wave: 2 });
    expect(admitted(result)).toEqual(['a', 'b']);
    expect(result.get('c')).toMatchObject({ en: expect.stringContaining('2 workers') });
  });

  it('counts hosts that are already joining', () => {
    expect(admitted(admit({ asking: [worker('b')], joining: [worker('a')], wave: 1 }))).toEqual([]);
  });

  it('admits control planes one at a time, whatever the workers do', () => {
    const result = admit({ asking: [plane('m2', 1), plane('m3', 2), worker('a')], joining: [worker('x')], wave: 2 });
    expect(admitted(result)).toEqual(['a', 'm2']);
    expect(result.get('m3')).toMatchObject({ en: expect.stringContaining('m2') });
    expect(admitted(admit({ asking: [plane('m3')], joining: [plane('m2')], wave: 2 }))).toEqual([]);
  });
});
