import { defineErrors } from '../definition.ts';
import { exitCode } from '../exit-codes.ts';

/** The plan file, and lookups in it. */
export const planErrors = defineErrors({
  'plan-invalid': {
    exit: exitCode.badInput,
    status: 400,
    message: { en: '{path} is invalid; problems found: {problems}', zh: '{path} 无效；发现的问题：{problems}' },
    remedy: { en: 'correct {path}', zh: '请更正 {path}' },
  },
  'plan-unreadable': {
    exit: exitCode.badInput,
    message: { en: 'cannot read the plan {path}: {reason}', zh: '无法读取计划 {path}：{reason}' },
    remedy: {
      en: 'specify a plan file, such as /etc/muster/cluster.yaml',
      zh: '请指定计划文件，例如 /etc/muster/cluster.yaml',
    },
  },
  'plan-needed': {
    exit: exitCode.usage,
    message: { en: '--fix requires the plan for this host', zh: '--fix 需要该主机的计划' },
    remedy: 'sudo muster-agent preflight --fix --plan cluster.yaml',
  },
  'host-unknown': {
    status: 404,
    exit: exitCode.badInput,
    message: { en: 'unknown host {host}; the plan has {known}', zh: '未知的主机 {host}；计划中有 {known}' },
    remedy: {
      en: 'use one of these names, or add {host} to the plan',
      zh: '请使用上述名称之一，或将 {host} 加入计划',
    },
  },
  'plan-file-unknown': {
    status: 404,
    message: { en: 'the plan in force names no file with this SHA-256', zh: '当前的计划中没有该 SHA-256 的文件' },
    remedy: {
      en: 'if plans are signed, sign the plan again after a file beside it has changed',
      zh: '如果计划需要签名，请在计划所附的文件更改后重新签名',
    },
  },
  'plan-key-missing': {
    exit: exitCode.badInput,
    message: { en: 'there is no signing key {path}', zh: '没有签名密钥 {path}' },
    remedy: 'sudo muster plan sign --create-key /etc/muster/cluster.yaml',
  },
  'plan-key-foreign': {
    exit: exitCode.notPermitted,
    message: {
      en: '{path} belongs to another user (uid {uid}), who knows the key and may have replaced yours',
      zh: '{path} 属于其他用户（uid {uid}）：该用户知道此密钥，并且可能替换了您的密钥',
    },
    remedy: {
      en: 'sign with your own key: muster plan sign --key FILE',
      zh: '请用您自己的密钥签名：muster plan sign --key FILE',
    },
  },
  'plan-key-invalid': {
    exit: exitCode.badInput,
    message: { en: '{path} is not an Ed25519 private key: {reason}', zh: '{path} 不是 Ed25519 私钥：{reason}' },
  },
  'plan-pin-invalid': {
    message: {
      en: '{path} contains no public key, so this host follows no plan',
      zh: '{path} 中没有公钥，因此该主机不遵循任何计划',
    },
    remedy: {
      en: 'copy plan-signing.pub, which is beside the plan on the coordinator, to {path}',
      zh: '将协调器上计划旁的 plan-signing.pub 复制到 {path}',
    },
  },
  'plan-unsigned': {
    message: {
      en: 'this host follows plans signed with its pinned key only, and the coordinator sent none',
      zh: '该主机只遵循以其固定密钥签名的计划，而协调器未发送这样的计划',
    },
    remedy: {
      en: 'on the coordinator: sudo muster plan sign /etc/muster/cluster.yaml',
      zh: '在协调器上运行：sudo muster plan sign /etc/muster/cluster.yaml',
    },
  },
  'plan-outdated': {
    message: {
      en: 'the signed plan {serial} is older than {seen}, which this host has followed',
      zh: '已签名的计划 {serial} 早于该主机遵循过的 {seen}',
    },
    remedy: {
      en: 'on the coordinator: sudo muster plan sign /etc/muster/cluster.yaml',
      zh: '在协调器上运行：sudo muster plan sign /etc/muster/cluster.yaml',
    },
  },
  'node-not-planned': {
    message: {
      en: 'no plan has named {host}: its Node is not deleted',
      zh: '没有计划包含 {host}：不删除其 Node',
    },
    remedy: 'kubectl --kubeconfig /etc/kubernetes/admin.conf delete node {host}',
  },
  'host-not-planned': {
    status: 403,
    exit: exitCode.badInput,
    message: { en: 'the plan has no host {host}', zh: '计划中没有主机 {host}' },
    remedy: { en: 'add {host} to the plan', zh: '请将 {host} 加入计划' },
  },
});
