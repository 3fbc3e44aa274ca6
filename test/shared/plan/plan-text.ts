import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parsePlan } from '../../../shared/plan/parse.ts';
import { formatProblem } from '../../../shared/plan/problem.ts';
import { type Plan, planSchema } from '../../../shared/plan/schema.ts';

type Written = Record<string, unknown>;

/** A valid plan in which the sections under test are replaced. */
export function planText(sections: Written = {}): string {
  return stringify({
    cluster: 'demo',
    kubernetes: { version: '1.30.2' },
    runtime: 'containerd',
    network: { plugin: { flannel: 'v0.27.4' } },
    hosts: [
      { name: 'master01', address: '192.168.0.130', role: 'control-plane' },
      { name: 'node01', address: '192.168.0.131', role: 'worker' },
    ],
    ...sections,
  });
}

/** Files beside the plan, by their path. */
export function filesBeside(files: Record<string, string>): (path: string) => string {
  return (path) => {
    const content = files[path];
    if (content === undefined) throw new Error(`no such file: ${path}`);
    return content;
  };
}

/** A compressed tar archive of one file. */
export function tgz(content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write('cri-dockerd/cri-dockerd');
  header.write('ustar', 257);
  return gzipSync(Buffer.concat([header, Buffer.from(content)]));
}

export function planOf(sections: Written = {}, files: Record<string, string> = {}): Plan {
  const { plan, problems } = parsePlan(planText(sections), { readFile: filesBeside(files) });
  if (plan === null) throw new Error(problems.map((problem) => formatProblem('cluster.yaml', problem).en).join('\n'));
  // What a plan may say, an agent must accept.
  return planSchema.parse(plan);
}

/** Every problem as `LINE: PATH: CODE`. */
export function problemsOf(text: string, files: Record<string, string> = {}): string[] {
  const { problems } = parsePlan(text, { readFile: filesBeside(files) });
  return problems.map(({ line, path, code }) => `${line}: ${path}: ${code}`);
}

type Case = [what: string, sections: Written, problem: string];

/** One test per case: a plan with these sections has this problem, `PATH: CODE`, and no other. A file `text` is beside it. */
export function refuses(cases: readonly Case[]): void {
  test.each(cases)('%s is refused', (_, sections, problem) => {
    const problems = problemsOf(planText(sections), { text: 'hello' });
    expect(problems).toEqual([expect.stringMatching(/^\d+: /)]);
    expect(problems[0]?.replace(/^\d+: /, '')).toBe(problem);
  });
}
