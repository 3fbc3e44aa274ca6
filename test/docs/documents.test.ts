import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pages } from '../../deploy/build/reference/pages.ts';
import { parsePlan } from '../../shared/plan/parse.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
const generated = pages.map(({ path }) => path);
/** Those that people write. */
const chinese = documents.filter((path) => path.endsWith('.zh-CN.md') && !generated.includes(path));
const englishOf = (path: string) => path.replace('.zh-CN.md', '.md');

/** The anchors of a document: its headings as GitHub names them, and its own. */
function anchorsOf(path: string): string[] {
  const text = read(path);
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)];
}

test.each(documents)('the links of %s lead to files and headings that exist', (path) => {
  const links = [...read(path).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
  const dead = links.filter(([, file = '', anchor]) => {
    const target = file === '' ? path : normalize(join(dirname(path), file));
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
  });
  expect(dead.map(([link]) => link)).toEqual([]);
});

test('the Chinese documents have an English one', () => {
  expect(chinese.length).toBeGreaterThan(10);
  expect(chinese.map(englishOf).filter((path) => !documents.includes(path))).toEqual([]);
});

test.each(chinese)('%s gives the same figures as the English document', (path) => {
  const figures = (text: string) => [...text.matchAll(/\d[\d,.]*\d|\d/g)].map(([figure]) => figure).sort();
  expect(figures(read(path))).toEqual(figures(read(englishOf(path))));
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
