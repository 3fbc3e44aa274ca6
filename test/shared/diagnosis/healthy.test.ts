import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnose, isSymptom } from '../../../shared/diagnosis/diagnose.ts';
import { evidenceFrom } from './log.ts';

const folder = new URL('healthy/', import.meta.url);

/** What programs print while a host comes up as it should, with their usual errors. */
describe.each(readdirSync(folder))('%s', (file) => {
  const evidence = evidenceFrom(readFileSync(new URL(file, folder), 'utf8'));
  const { output, kubelet, runtime } = evidence;

  test('yields no cause', () => {
    const ids = diagnose(evidence).map(({ failure }) => failure.id);
    expect(ids.filter((id) => id !== 'network-plugin-missing')).toEqual([]);
  });

  test('yields at most a symptom at any earlier moment', () => {
    for (let at = 0; at <= Math.max(output.length, kubelet.length, runtime.length); at++) {
      const until = (lines: readonly string[]) => lines.slice(0, at);
      const early = { ...evidence, output: until(output), kubelet: until(kubelet), runtime: until(runtime) };
      const causes = diagnose(early).filter((found) => !isSymptom(found));
      expect(causes.map(({ failure }) => failure.id)).toEqual([]);
    }
  });
});
