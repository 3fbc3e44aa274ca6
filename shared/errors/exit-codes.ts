import type { LocalText } from '../text/local-text.ts';

/**
 * Exit codes of `muster`, `muster-agent` and the installer, from sysexits.h where one fits; listed in
 * docs/reference/cli.md.
 */
export const exitCode = {
  done: 0,
  failure: 1,
  usage: 64,
  badInput: 65,
  unavailable: 69,
  cannotCreate: 73,
  tryAgain: 75,
  notPermitted: 77,
  interrupted: 130,
} as const;

export const exitMeaning: Record<keyof typeof exitCode, LocalText> = {
  done: { en: 'done', zh: '完成' },
  failure: { en: 'failed; a host is blocked (`--wait`)', zh: '失败；有主机受阻（`--wait`）' },
  usage: { en: 'incorrect use of the command', zh: '命令用法错误' },
  badInput: { en: 'invalid input', zh: '输入无效' },
  unavailable: { en: 'the coordinator is not running or not reachable', zh: '协调器未运行或无法访问' },
  cannotCreate: { en: 'a file, socket or port cannot be created', zh: '无法创建文件、套接字或监听端口' },
  tryAgain: { en: 'temporarily unavailable; try again', zh: '暂时不可用，请重试' },
  notPermitted: { en: 'permission denied', zh: '没有权限' },
  interrupted: { en: 'interrupted with Ctrl-C', zh: '被 Ctrl-C 中断' },
};
