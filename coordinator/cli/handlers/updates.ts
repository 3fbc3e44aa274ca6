import { retriedSchema, updateRoutes, updatesSchema } from '../../../shared/protocol/updates.ts';
import { listText } from '../../../shared/text/list.ts';
import { callOperator } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { speak } from '../terminal/language.ts';
import { createPaint } from '../terminal/paint.ts';
import { type Cell, table } from '../terminal/table.ts';
import { clean, json } from '../terminal/text.ts';

export interface UpdatesOptions extends SocketOptions {
  json?: true;
  retry?: true;
}

const states = {
  current: [{ en: 'up to date', zh: '已是最新' }, 'good'],
  asked: [{ en: 'updating', zh: '正在更新' }, 'busy'],
  waiting: [{ en: 'queued', zh: '排队中' }, 'idle'],
  failed: [{ en: 'failed', zh: '失败' }, 'bad'],
  away: [{ en: 'no contact', zh: '失联' }, 'warn'],
  off: [{ en: 'off (in the plan)', zh: '已关闭（计划）' }, 'idle'],
} as const;

const words = {
  heading: [
    { en: 'HOST', zh: '主机' },
    { en: 'AGENT', zh: '代理' },
    { en: 'STATE', zh: '状态' },
    { en: 'MESSAGE', zh: '消息' },
  ],
  noneFailed: { en: 'No update has failed.', zh: '没有失败的更新。' },
  noRelease: { en: 'This coordinator has no agent release.', zh: '该协调器没有代理的发布版本。' },
} as const;

/** Prints the update state of all agents; with --retry, resumes updates after a failure. */
export async function updates(io: Io, options: UpdatesOptions): Promise<void> {
  const say = speak(io.language);
  if (options.retry) {
    const { hosts } = await callOperator(options.socket, retriedSchema, updateRoutes.retry, {
      method: 'POST',
      json: {},
    });
    const list = listText(hosts.map(clean));
    const retried = { en: `Retrying: ${list.en}`, zh: `正在重试：${list.zh}` };
    io.stderr.write(`${say(hosts.length === 0 ? words.noneFailed : retried)}\n`);
  }
  const view = await callOperator(options.socket, updatesSchema, updateRoutes.updates);
  if (options.json) return void io.stdout.write(`${json(view)}\n`);
  const paint = createPaint(io.stdout, io.env);
  const heading = words.heading.map((text): Cell => ({ text: say(text), paint: paint.faint }));
  const rows = view.hosts.map(({ name, agentVersion, state, message }) => {
    const [text, tone] = states[state];
    return [
      clean(name),
      clean(agentVersion),
      { text: say(text), paint: (it: string) => paint.tone(tone, it) },
      clean(say(message)),
    ];
  });
  const release = { en: `Coordinator: ${clean(view.version ?? '')}`, zh: `协调器：${clean(view.version ?? '')}` };
  const about = say(view.version === null ? words.noRelease : release);
  io.stdout.write(`${[about, ...table([heading, ...rows])].join('\n')}\n`);
}
