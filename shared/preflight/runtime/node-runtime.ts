import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';

export const nodeRuntime: Check = {
  id: 'node-runtime',
  group: 'runtime',
  level: 'error',
  guards: ['runtime-config', 'packages', 'runtime', 'images', ...becomesNode],
  title: { en: 'Node uses the planned container runtime', zh: '节点使用计划的容器运行时' },
  reason: {
    en: 'A Node keeps the runtime it was created with; a second one would take resources and never be used.',
    zh: '节点始终使用创建时的容器运行时；再安装一个只会占用资源，不会被使用。',
  },
  needed: { en: 'the planned runtime, or no Node yet', zh: '计划的容器运行时，或尚未成为节点' },
  remedy: {
    en: 'Set the running runtime in the plan, or replace the host; muster does not change a Node’s runtime',
    zh: '在计划中设置正在使用的容器运行时，或更换该主机；muster 不会更改节点的容器运行时',
  },
  command: '',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const runs = facts.software.nodeRuntime;
    if (runs === null) return notLooked;
    if (runs === 'none') return ok({ en: 'not a Node yet', zh: '尚未成为节点' });
    const planned = assignment.settings.runtime.name;
    if (runs === planned) return ok(verbatim(runs));
    return error({ en: `Node uses ${runs}; planned: ${planned}`, zh: `节点使用 ${runs}；计划：${planned}` });
  },
};
