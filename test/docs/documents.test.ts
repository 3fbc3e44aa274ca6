import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parsePlan } from '../../shared/plan/parse.ts';
import { anchorsOf, documents, linksOf, read, root, spansOf } from './document.ts';

test.each(documents)('the links of %s lead to files and headings that exist', (path) => {
  const dead = linksOf(path).filter(({ target, anchor }) => {
    if (target.startsWith('http')) return false;
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
  });
  expect(dead).toEqual([]);
});

test.each(documents)('the files of the repository that %s names exist', (path) => {
  const named = spansOf(path).filter((span) =>
    /^(?:agent|coordinator|deploy|docs|shared|test)\/[a-z\d./-]+$/.test(span),
  );
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('README gives the figures of the benchmarks', () => {
  const factors = [...read('README.md').matchAll(/(\d\.\d\d) times/g)].map(([, factor]) => factor);
  expect(factors.length).toBeGreaterThan(0);
  expect(factors.filter((factor) => !read('docs/benchmarks.md').includes(`| ${factor} |`))).toEqual([]);
});

/** Each is complete, or a part of one. */
describe('the plans in the documents', () => {
  const base = parse(read('deploy/examples/three-masters.yaml'));
  const files: Readonly<Record<string, string>> = { 'calico-v3.24.1.yaml': 'kind: Namespace\nmetadata: {name: a}\n' };
  const plans = ['README.md', 'README.zh-CN.md', 'docs/plan.md', 'docs/plan.zh-CN.md', 'docs/day-two.md'].flatMap(
    (path) =>
      [...read(path).matchAll(/^( *)```yaml\n([\s\S]*?)```$/gm)].map(([, indent = '', text = '']) => {
        const found = parse(text.replaceAll(`\n${indent}`, '\n').slice(indent.length));
        const part = { ...base, ...found, network: { ...base.network, ...found.network } };
        return { path, plan: 'hosts' in found ? found : part };
      }),
  );

  test.each(plans)('of $path is valid: $plan', ({ plan }) => {
    const readFile = (name: string) => files[name] ?? '';
    expect(parsePlan(JSON.stringify(plan), { readFile }).problems).toEqual([]);
  });
});
