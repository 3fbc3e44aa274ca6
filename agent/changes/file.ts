import type { Change } from '../../shared/steps/change.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { readAdded, whileAdding } from './added.ts';
import { holds } from './conditions.ts';
import { edited } from './edits.ts';
import { done, type Resource, todo } from './resource.ts';

const differs: LocalText = { en: 'differs from the plan', zh: '与计划不一致' };
const missing: LocalText = { en: 'does not exist', zh: '不存在' };
const unwanted: LocalText = { en: 'exists and is not planned', zh: '存在，但不在计划中' };

/** `content` null: the file must not exist. */
async function wantedOf(change: Change<'file'>, host: Host) {
  const current = await host.readFile(change.path);
  if ('edit' in change) {
    const before = await readAdded(host, change.path);
    const { content, added, needed } = edited(current, change.edit, before);
    return { current, content, added, problem: needed };
  }
  const { content } = change;
  return { current, content, added: null, problem: content === null ? unwanted : current === null ? missing : differs };
}

export const file: Resource<'file'> = {
  async look(change, host) {
    if (!(await holds(change.when, host))) return done;
    const { current, content, problem } = await wantedOf(change, host);
    if (current === content) return done;
    return todo({ en: `${change.path}: ${problem.en}`, zh: `${change.path}：${problem.zh}` });
  },
  async set(change, { host }) {
    const { content, added } = await wantedOf(change, host);
    if (content === null) return host.removeFile(change.path);
    const write = () => host.writeFile(change.path, content, change.mode === undefined ? {} : { mode: change.mode });
    await (added === null ? write() : whileAdding(host, { path: change.path, added }, write));
  },
};

export const copy: Resource<'copy'> = {
  async set({ from, path, mode }, { host }) {
    await host.writeFile(path, (await host.readFile(from)) ?? '', { mode });
  },
};
