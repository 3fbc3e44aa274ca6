import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';

export const nodeRuntime: Check = {
  id: 'node-runtime',
  group: 'runtime',
  level: 'error',
  title: { en: 'The Node runs on the planned runtime', zh: '节点使用计划中的容器运行时' },
  reason: {
    en: 'A Node keeps the runtime that it was made with: another one, installed beside it, would take up the host and never be used.',
    zh: '节点会一直使用创建时的运行时；在旁边再安装另一个只会占用主机资源，且永远不会被使用。',
  },
  needed: { en: 'the runtime of the plan, or no Node yet', zh: '计划中的运行时，或尚未成为节点' },
  remedy: {
    en: 'Put the runtime that runs back into the plan, or replace the host: muster does not change the runtime of a Node',
    zh: '在计划中恢复正在使用的运行时，或更换该主机：muster 不会更改节点的运行时',
  },
  command: '',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const runs = facts.software.nodeRuntime;
    if (runs === null) return notLooked;
    if (runs === 'none') return ok({ en: 'it is no Node yet', zh: '尚未成为节点' });
    const planned = assignment.settings.runtime.name;
    if (runs === planned) return ok(verbatim(runs));
    return error({ en: `it runs on ${runs}; the plan says ${planned}`, zh: `使用 ${runs}；计划为 ${planned}` });
  },
};
