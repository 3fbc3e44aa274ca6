import { text } from 'node:stream/consumers';
import { MusterError } from '../../../shared/errors/errors.ts';
import type { PageRole } from '../../../shared/protocol/page.ts';
import type { LocalText } from '../../../shared/text/local-text.ts';
import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';

export interface PasswordOptions extends SocketOptions {
  viewer?: true;
}

const titles: Record<PageRole, LocalText> = {
  operator: { en: 'operator', zh: '操作员' },
  viewer: { en: 'viewer', zh: '只读用户' },
};
const words = {
  prompt: { en: 'Type the password, press Enter, then Ctrl-D:', zh: '请输入密码，按 Enter，然后按 Ctrl-D：' },
  set: (role: PageRole) => ({
    en: `Set the password of the ${titles[role].en}. Sessions with the previous password are signed out.`,
    zh: `已设置${titles[role].zh}的密码。使用先前密码的会话已注销。`,
  }),
  removed: (role: PageRole) => ({
    en: `Removed the password of the ${titles[role].en}.`,
    zh: `已删除${titles[role].zh}的密码。`,
  }),
};

const minPassword = 8;

/** Sets a password of the status page, read from standard input: arguments are visible in the process list. */
export async function setPassword(io: Io, options: PasswordOptions): Promise<void> {
  if (process.stdin.isTTY) io.stderr.write(`${words.prompt[io.language]}\n`);
  const [password = ''] = (await text(process.stdin)).split('\n');
  if (password.length < minPassword) {
    throw new MusterError('password-short', { length: password.length, least: minPassword });
  }
  await createOperatorClient(options.socket).setPassword(roleOf(options), password);
  io.stderr.write(`${words.set(roleOf(options))[io.language]}\n`);
}

/** Removes a password: sign-in then requires a link. */
export async function clearPassword(io: Io, options: PasswordOptions): Promise<void> {
  await createOperatorClient(options.socket).setPassword(roleOf(options), null);
  io.stderr.write(`${words.removed(roleOf(options))[io.language]}\n`);
}

function roleOf({ viewer }: PasswordOptions): PageRole {
  return viewer === true ? 'viewer' : 'operator';
}
