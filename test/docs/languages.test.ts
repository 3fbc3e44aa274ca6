import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pages } from '../../deploy/build/reference/pages.ts';
import {
  anchorsOf,
  chineseOf,
  codeOf,
  documents,
  englishOf,
  isChinese,
  type Link,
  linksOf,
  outlineOf,
  read,
  root,
  spansOf,
} from './document.ts';

const english = documents.filter((path) => !isChinese(path));
const generated = pages.map(({ path }) => path);

test('every document is in English and Chinese', () => {
  expect(english.length).toBeGreaterThan(20);
  expect(documents.filter(isChinese).toSorted()).toEqual(english.map(chineseOf).toSorted());
});

/** The same in both languages: the English target, and which of its headings. */
function meaning({ target, anchor }: Link): string {
  const place = anchor === undefined ? '' : `#${anchorsOf(target).indexOf(anchor)}`;
  return `${englishOf(target)}${place}`;
}

const isInOtherLanguage = (path: string, { target }: Link) =>
  isChinese(path)
    ? !isChinese(target) && existsSync(join(root, chineseOf(target))) && chineseOf(target) !== target
    : isChinese(target);

describe.each(english.map((path) => [path, chineseOf(path)] as const))('%s', (inEnglish, inChinese) => {
  test('begins with the link to the other language', () => {
    const start = (path: string) => read(path).split('\n').slice(0, 5);
    expect(start(inEnglish)).toContain(`[简体中文](${basename(inChinese)})`);
    expect(start(inChinese)).toContain(`[English](${basename(inEnglish)})`);
  });

  test('links to documents of its own language', () => {
    const strays = (path: string, other: string) =>
      linksOf(path).filter((link) => isInOtherLanguage(path, link) && link.target !== other);
    expect(strays(inEnglish, inChinese)).toEqual([]);
    expect(strays(inChinese, inEnglish)).toEqual([]);
  });

  test('has the same headings, paragraphs, lists, tables and code blocks in Chinese', () => {
    expect(outlineOf(inChinese)).toEqual(outlineOf(inEnglish));
  });

  test('has the same links in Chinese', () => {
    const links = (path: string) => linksOf(path).map(meaning).toSorted();
    expect(links(inChinese)).toEqual(links(inEnglish));
  });
});

describe.each(
  english.filter((path) => !generated.includes(path)).map((path) => [path, chineseOf(path)] as const),
)('%s', (inEnglish, inChinese) => {
  test('has the same code blocks in Chinese, but for comments', () => {
    expect(codeOf(inChinese)).toEqual(codeOf(inEnglish));
  });

  test('has the same commands, names and values in Chinese', () => {
    expect(spansOf(inChinese).toSorted()).toEqual(spansOf(inEnglish).toSorted());
  });

  test('has the same figures in Chinese', () => {
    const figures = (text: string) => [...text.matchAll(/\d[\d,.]*\d|\d/g)].map(([figure]) => figure).toSorted();
    expect(figures(read(inChinese))).toEqual(figures(read(inEnglish)));
  });
});
