import type { LocalText } from '../text/local-text.ts';

/** What went wrong, in a form that a person, a program and the wire can all use. */
export interface Problem {
  /** Stable, kebab-case; programs may compare it. */
  code: string;
  /** One line: what was seen and what is needed. */
  message: string;
  /** The command or the change that mends it, when there is one. */
  remedy?: string;
}

/** The exit codes of `muster`, `muster-agent` and the installer (sysexits.h where it has a fitting one); docs/reference/cli.md lists them. */
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
  usage: { en: 'wrong use of the command', zh: '用法错误' },
  badInput: { en: 'what was given is not right: a plan, a name', zh: '输入有误：计划、名称' },
  unavailable: { en: 'nobody answers', zh: '无人应答' },
  cannotCreate: { en: 'a file, socket or port can’t be made', zh: '无法创建文件、套接字或监听端口' },
  tryAgain: { en: 'not now: try again', zh: '暂时不行，请重试' },
  notPermitted: { en: 'not permitted', zh: '没有权限' },
  interrupted: { en: 'interrupted with Ctrl-C', zh: '被 Ctrl-C 中断' },
};

export interface MusterErrorOptions {
  remedy?: string;
  /** HTTP status that the coordinator answers with. Default 500. */
  status?: number;
  /** Process exit code. Default 1. */
  exit?: number;
  /** Seconds after which the same request may succeed; sent as Retry-After. */
  retryAfter?: number;
  cause?: unknown;
}

/** The one error class that is shown to people: everything else is a bug and keeps its stack. */
export class MusterError extends Error implements Problem {
  readonly code: string;
  readonly remedy?: string;
  readonly status: number;
  readonly exit: number;
  readonly retryAfter?: number;

  constructor(code: string, message: string, options: MusterErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MusterError';
    this.code = code;
    if (options.remedy !== undefined) this.remedy = options.remedy;
    this.status = options.status ?? 500;
    this.exit = options.exit ?? exitCode.failure;
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
  }

  /** The form that goes over the wire. */
  toProblem(): Problem {
    return { code: this.code, message: this.message, ...(this.remedy === undefined ? {} : { remedy: this.remedy }) };
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
