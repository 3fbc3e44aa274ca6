import { MusterError } from '../../../shared/errors/errors.ts';
import type { LocalText } from '../../../shared/text/local-text.ts';
import { createSafekeepingClient } from '../safekeeping-client.ts';
import { ask } from '../terminal/ask.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { clean, utc } from '../terminal/text.ts';

const words = {
  nothing: { en: 'Nothing to confirm: the database was not restored.', zh: '无需确认：数据库不是恢复而来。' },
  revision: (own: number, seen: number, since: string) => ({
    en: `The database was restored: it has revision ${own}, agents have seen ${seen} (known since ${since}).`,
    zh: `数据库由备份恢复：其修订号为 ${own}，代理已见过 ${seen}（自 ${since} 起得知）。`,
  }),
  validAgain: {
    en: 'Confirming makes these valid again, even if they were revoked after the backup:',
    zh: '确认后，以下各项重新有效，即使它们在备份之后已被吊销：',
  },
  tokens: { en: 'Open enrolment tokens:', zh: '未使用的接入令牌：' },
  noTokens: { en: 'No open enrolment tokens.', zh: '没有未使用的接入令牌。' },
  token: (host: string | null, until: string) => ({
    en: `  ${host ?? 'all workers'}, until ${until}`,
    zh: `  ${host ?? '所有工作节点'}，有效期至 ${until}`,
  }),
  hosts: { en: 'Host credentials:', zh: '主机凭据：' },
  noHosts: { en: 'No host credentials.', zh: '没有主机凭据。' },
  enrolled: (name: string, at: string) => ({ en: `  ${name}, enrolled ${at}`, zh: `  ${name}，接入于 ${at}` }),
  later: {
    en: 'Hosts that enrolled after the backup need a new token: muster token create HOST',
    zh: '备份之后接入的主机需要新令牌：muster token create HOST',
  },
  question: { en: 'Trust the restored database?', zh: '信任恢复的数据库？' },
  confirmed: { en: 'Confirmed; the coordinator has resumed.', zh: '已确认；协调器已恢复工作。' },
};

export interface RecoverRestoredOptions extends SocketOptions {
  yes?: true;
}

/** Prints what the restored database makes valid again, asks for confirmation, and ends the quarantine. */
export async function recoverRestored(io: Io, options: RecoverRestoredOptions): Promise<void> {
  const client = createSafekeepingClient(options.socket);
  const restored = await client.restored();
  if (restored === null) return void io.stderr.write(`${words.nothing[io.language]}\n`);

  const paint = createPaint(io.stderr, io.env);
  const { own, seen, since, tokens, hosts } = restored;
  const lines: (LocalText | string)[] = [
    words.revision(own, seen, utc(since)),
    words.validAgain,
    paint.strong((tokens.length === 0 ? words.noTokens : words.tokens)[io.language]),
    ...tokens.map(({ host, expiresAt }) => words.token(host === null ? null : clean(host), utc(expiresAt))),
    paint.strong((hosts.length === 0 ? words.noHosts : words.hosts)[io.language]),
    ...hosts.map(({ name, enrolledAt }) => words.enrolled(clean(name), utc(enrolledAt))),
    words.later,
  ];
  for (const line of lines) io.stderr.write(`${typeof line === 'string' ? line : line[io.language]}\n`);
  if (options.yes !== true) {
    const answer = await ask(`${words.question[io.language]} [y/N] `, 'muster recover --restored --yes');
    if (!/^(y|yes|是)$/i.test(answer)) throw new MusterError('not-confirmed');
  }
  await client.confirmRestored();
  io.stderr.write(`${words.confirmed[io.language]}\n`);
}
