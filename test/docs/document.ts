import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export const root = join(import.meta.dirname, '../..');
export const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** All of the repository, relative to its root. */
export const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n');

const chineseSuffix = '.zh-CN.';
export const isChinese = (path: string) => path.includes(chineseSuffix);
/** Of a document or a picture. */
export const chineseOf = (path: string) => path.replace(/\.(?=\w+$)/, chineseSuffix);
export const englishOf = (path: string) => path.replace(chineseSuffix, '.');

/** The anchors of a document: its headings as GitHub names them, and its own. */
export function anchorsOf(path: string): string[] {
  return [...prose(read(path)).matchAll(/^#+ (.*)$|<a id="([^"]+)">/gm)].map(([, title, id = '']) =>
    title === undefined
      ? id
      : title
          .toLowerCase()
          .replace(/[^\p{L}\p{N}_ -]/gu, '')
          .replaceAll(' ', '-'),
  );
}

export interface Link {
  /** As written. */
  text: string;
  /** Relative to the repository's root; of another site: the whole address. */
  target: string;
  /** Without `#`; undefined: none. */
  anchor: string | undefined;
}

export function linksOf(path: string): Link[] {
  return [...prose(read(path)).matchAll(/\]\(([^)#\s]*)(?:#([^)\s]*))?\)/g)].map(([text, file = '', anchor]) => {
    const isElsewhere = /^https?:/.test(file);
    const target = file === '' ? path : normalize(join(dirname(path), file));
    return { text, target: isElsewhere ? file : target, anchor };
  });
}

const fence = /^( *)```(\w*)\n([\s\S]*?)^ *```$/gm;

/** A document without its code blocks. */
const prose = (text: string) => text.replace(fence, '');

/** What is in backticks outside code blocks. */
export const spansOf = (path: string) => [...prose(read(path)).matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);

interface CodeBlock {
  language: string;
  /** Without comments and, of a diagram, without its texts. */
  lines: string[];
}

export function codeOf(path: string): CodeBlock[] {
  return [...read(path).matchAll(fence)].map(([, , language = '', text = '']) => ({
    language,
    lines: text
      .split('\n')
      .map((line) => line.replace(language === 'mermaid' ? /"[^"]*"|\[[^\]]*\]/g : /(?:^|\s+)#.*/g, '').trimEnd())
      .filter((line) => line !== ''),
  }));
}

/** The blocks of a document in their order, without their words, such as "## ", "row of 3", "- " and "text". */
export function outlineOf(path: string): string[] {
  const text = read(path).replace(fence, '$1```$2');
  const found: string[] = [];
  let isRunning = false;
  for (const line of text.split('\n')) {
    const block = /^#+ |^\||^ *(?:-|\d+\.) |^ *```/.exec(line)?.[0] ?? '';
    const isCode = block.endsWith('```');
    if (block === '|') found.push(`row of ${line.split(/(?<!\\)\|/).length - 2}`);
    else if (isCode) found.push(line);
    else if (block !== '') found.push(block);
    else if (line !== '' && !isRunning) found.push('text');
    isRunning = line !== '' && !isCode && !block.startsWith('#');
  }
  return found;
}
