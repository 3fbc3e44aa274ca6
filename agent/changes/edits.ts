import type { Edit } from '../../shared/steps/change.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { mergeContainerdToml } from '../machine/containerd-merge.ts';
import { mergeDaemonJson } from '../machine/daemon-json.ts';
import { withoutSwap } from '../machine/fstab.ts';
import { hostsContent } from '../machine/hosts-file.ts';
import { mergeHostsToml } from '../machine/hosts-toml.ts';
import { withVariables } from '../machine/kubelet.ts';
import type { Added, Merged } from '../machine/merged-list.ts';
import { permissiveConfig, withContexts } from '../machine/selinux.ts';
import { withPodArguments } from '../machine/static-pod.ts';

interface Editor<T extends Edit['type']> {
  /**
   * Returns the required content, for merged files with what muster has added to their lists; null: the file does not
   * exist and is not required.
   */
  apply(current: string | null, edit: Extract<Edit, { type: T }>, added: Added): string | Merged | null;
  needed: LocalText;
}

const editors: { [T in Edit['type']]: Editor<T> } = {
  'hosts-block': {
    apply: (current, { block, name }) => hostsContent(current ?? '', { block, name }),
    needed: {
      en: 'required: the planned hosts, the endpoint and localhost; no other address for these names',
      zh: '要求：计划中的主机、端点和 localhost；这些名称不得对应其他地址',
    },
  },
  'comment-out-swap': {
    apply: (current) => current && withoutSwap(current),
    needed: {
      en: 'swap lines found (required: none)',
      zh: '有交换空间的行（要求：没有）',
    },
  },
  'selinux-permissive': {
    apply: (current) => current && permissiveConfig(current),
    needed: {
      en: 'SELINUX=enforcing (required: SELINUX=permissive)',
      zh: 'SELINUX=enforcing（要求：SELINUX=permissive）',
    },
  },
  'selinux-contexts': {
    apply: (current, edit) => withContexts(current ?? '', edit),
    needed: { en: 'the labels of containers’ folders are missing', zh: '缺少容器目录的标签' },
  },
  'merge-json': {
    apply: (current, { value }, added) => mergeDaemonJson(current, value, added),
    needed: { en: 'keys of the plan are missing or differ', zh: '缺少计划中的键，或其值不同' },
  },
  'containerd-config': {
    apply: mergeContainerdToml,
    needed: { en: 'settings of the plan are missing or differ', zh: '缺少计划中的设置，或其值不同' },
  },
  'registry-hosts': {
    apply: (current, { content }) => mergeHostsToml(current, content),
    needed: { en: 'hosts of the plan are missing or differ', zh: '缺少计划中的主机，或其设置不同' },
  },
  variables: {
    apply: (current, { variables }) => withVariables(current ?? '', variables),
    needed: { en: 'variables are missing or differ', zh: '缺少变量，或其值不同' },
  },
  'pod-arguments': {
    apply: (current, edit) => current && withPodArguments(current, edit.program, edit.arguments),
    needed: { en: 'arguments are missing or differ', zh: '缺少参数，或其值不同' },
  },
};

export function edited<T extends Edit['type']>(current: string | null, edit: Extract<Edit, { type: T }>, added: Added) {
  const editor: Editor<T> = editors[edit.type as T];
  const result = editor.apply(current, edit, added);
  const merged = typeof result === 'string' || result === null ? { content: result, added: null } : result;
  return { ...merged, needed: editor.needed };
}
