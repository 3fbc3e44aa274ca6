import { expect, it } from 'vitest';
import { lineText } from '../../../shared/text/output-line.ts';

it.each([
  ['of a program, which has one text', { text: 'Setting up kubeadm' }, 'en', 'Setting up kubeadm'],
  ['of a program, which has one text', { text: 'Setting up kubeadm' }, 'zh', 'Setting up kubeadm'],
  ['of muster, in English', { text: 'downloading', zh: '正在下载' }, 'en', 'downloading'],
  ['of muster, in Chinese', { text: 'downloading', zh: '正在下载' }, 'zh', '正在下载'],
] as const)('a line %s (%o, %s)', (_, line, language, text) => {
  expect(lineText(line, language)).toBe(text);
});
