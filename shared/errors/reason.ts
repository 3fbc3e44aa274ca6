import { z } from 'zod';
import { type LocalText, verbatim } from '../text/local-text.ts';
import { MusterError, messageOf } from './errors.ts';
import { issuesText } from './issues.ts';

const systemReasons: Readonly<Record<string, LocalText>> = {
  ENOENT: { en: 'no such file', zh: '文件不存在' },
  EACCES: { en: 'permission denied', zh: '没有权限' },
  EPERM: { en: 'operation not permitted', zh: '操作不被允许' },
  EISDIR: { en: 'it is a directory', zh: '这是一个目录' },
  ENOTDIR: { en: 'a part of the path is not a directory', zh: '路径中有一部分不是目录' },
  EEXIST: { en: 'it already exists', zh: '已存在' },
  ENOSPC: { en: 'no space left on the disk', zh: '磁盘空间不足' },
  EROFS: { en: 'the file system is read-only', zh: '文件系统为只读' },
  EADDRINUSE: { en: 'the address is in use', zh: '该地址已被占用' },
  EADDRNOTAVAIL: { en: 'this machine does not have the address', zh: '该机器没有此地址' },
};

/**
 * User-readable reason of a failure; replaces messages of zod, parsers and the system where a clearer text exists.
 * `judged`: the validated value, unless it may be secret.
 */
export function reasonOf(error: unknown, judged?: { value: unknown }): LocalText {
  if (error instanceof MusterError) return error.text;
  if (error instanceof z.ZodError) return issuesText(error.issues, judged);
  if (error instanceof SyntaxError) return { en: 'it is not valid JSON', zh: '不是有效的 JSON' };
  return systemReasons[(error as NodeJS.ErrnoException | null)?.code ?? ''] ?? verbatim(messageOf(error));
}
