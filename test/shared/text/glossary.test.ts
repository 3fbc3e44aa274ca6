import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { glossary, neverInEnglish } from '../../../shared/text/glossary.ts';

const root = join(import.meta.dirname, '../../..');
const never = {
  en: [...neverInEnglish, ...glossary.flatMap((term) => term.never?.en ?? [])],
  // Chinese has no spaces; texts put one beside a word in Latin letters only.
  zh: [...glossary.flatMap((term) => term.never?.zh ?? []), /[\p{Script=Han}，。：；、]\s+\p{Script=Han}/u],
};

/** One line of text that a person may read. */
interface Line {
  at: string;
  text: string;
}

/** The lines that are wrong, as `file:line: phrase — text`. */
function wrong(lines: readonly Line[]): string[] {
  return lines.flatMap(({ at, text }) =>
    [...never.en, ...(/\p{Script=Han}/u.test(text) ? never.zh : [])]
      .map((pattern) => pattern.exec(text)?.[0])
      .filter((phrase) => phrase !== undefined)
      .map((phrase) => `${at}: “${phrase}” in: ${text.trim()}`),
  );
}

function filesBelow(folder: string, suffix: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => suffix.test(name))
    .map((name) => join(folder, name));
}

const linesOf = (path: string): Line[] =>
  readFileSync(join(root, path), 'utf8')
    .split('\n')
    .map((text, index) => ({ at: `${path}:${index + 1}`, text }));

/** A comment, or a literal; whichever begins first. */
const token = /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

/** The lines of a source's comments and literals. A literal without a space or a Chinese character is a code. */
function textsOf(path: string): Line[] {
  const source = readFileSync(join(root, path), 'utf8');
  return [...source.matchAll(token)]
    .filter(([found]) => / |\p{Script=Han}/u.test(found))
    .flatMap(({ 0: found, index }) => {
      const first = source.slice(0, index).split('\n').length;
      return found.split('\n').map((text, line) => ({ at: `${path}:${first + line}`, text }));
    });
}

/** Files that contain the wrong words. */
const exempt = ['shared/text/glossary.ts', 'test/shared/text/glossary.test.ts'];

test('texts and comments of the sources, and titles of the tests, use the words of the glossary', () => {
  const sources = ['agent', 'coordinator', 'shared', 'deploy', 'test'].flatMap((room) => filesBelow(room, /\.tsx?$/));
  const lines = sources.filter((path) => !exempt.includes(path)).flatMap(textsOf);
  expect(lines.length).toBeGreaterThan(1000);
  expect(wrong(lines)).toEqual([]);
});

test('texts that are read on another machine name the host, not the machine at hand', () => {
  const lines = filesBelow('shared', /\.ts$/).flatMap(textsOf);
  expect(lines.filter(({ text }) => text.includes('本机'))).toEqual([]);
});

test('the scripts use the words of the glossary', () => {
  expect(wrong([...filesBelow('deploy', /\.sh$/).flatMap(linesOf), ...linesOf('.ci/run')])).toEqual([]);
});

test('the documents and the examples use the words of the glossary', () => {
  const documents = readdirSync(root).filter((name) => name.endsWith('.md'));
  const paths = [...documents, ...filesBelow('docs', /\.md$/), ...filesBelow('deploy/examples', /\.ya?ml$/)];
  expect(wrong(paths.flatMap(linesOf))).toEqual([]);
});

test('a line with a wrong word is found, whichever apostrophe it has', () => {
  const texts = [
    ...['已注册主机', 'it hasn’t got on', "it hasn't got on", 'API 服务器 无应答'],
    ...['kubelet 未注册其 Node', 'enrolled'],
  ];
  expect(wrong(texts.map((text, index) => ({ at: `${index}`, text }))).map((found) => found[0])).toEqual([
    '0',
    '1',
    '2',
    '3',
  ]);
});
