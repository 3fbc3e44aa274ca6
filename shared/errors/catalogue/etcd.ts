import { defineErrors } from '../definition.ts';

/** The agent's requests to etcd. */
export const etcdErrors = defineErrors({
  'etcd-unreachable': {
    message: { en: 'etcd does not answer on {url}: {reason}', zh: 'etcd 在 {url} 上无应答：{reason}' },
  },
  'etcd-refused': {
    message: { en: 'etcd on {url} refused {path}: {reason}', zh: '{url} 上的 etcd 拒绝了 {path}：{reason}' },
  },
  'etcd-no-quorum': {
    message: {
      en: 'etcd on {url} has no quorum: {reason}; required: a majority of the members is running',
      zh: '{url} 上的 etcd 没有法定人数：{reason}；要求：多数成员正在运行',
    },
  },
  'etcd-answer-invalid': {
    message: {
      en: 'unexpected answer of etcd on {url} to {path}: {reason}',
      zh: '{url} 上的 etcd 对 {path} 的应答异常：{reason}',
    },
  },
  'etcd-snapshot-damaged': {
    message: {
      en: 'the snapshot of etcd is damaged: {reason}; required: complete, with its own checksum',
      zh: 'etcd 快照已损坏：{reason}；要求：内容完整且校验和一致',
    },
  },
});
