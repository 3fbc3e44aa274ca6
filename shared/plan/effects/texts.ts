import type { LocalText } from '../../text/local-text.ts';
import type { Applies, PlanField } from './fields.ts';

interface Told {
  /** When a change takes effect. */
  when: LocalText;
  /** What becomes of a change while the cluster runs. */
  meaning: LocalText;
  /** How the running cluster or host gets the new value. */
  apply: LocalText;
}

export const appliesTexts: Record<Applies, Told> = {
  now: {
    when: { en: 'at once', zh: '立即' },
    meaning: { en: 'takes effect within a minute', zh: '一分钟内生效' },
    apply: { en: 'no action needed', zh: '无需操作' },
  },
  enrol: {
    when: { en: 'when a host enrols', zh: '主机接入时' },
    meaning: {
      en: 'used by hosts that enrol later; enrolled hosts keep the value',
      zh: '用于以后接入的主机；已接入的主机保留原值',
    },
    apply: { en: 'enrol the host again: muster token create HOST', zh: '重新接入主机：muster token create HOST' },
  },
  join: {
    when: { en: 'when a host joins', zh: '主机加入集群时' },
    meaning: {
      en: 'used by hosts that join later; existing nodes keep the value',
      zh: '用于以后加入的主机；现有节点保留原值',
    },
    apply: { en: 'let the host join again: muster reset HOST', zh: '让主机重新加入：muster reset HOST' },
  },
  init: {
    when: { en: 'when the cluster is created', zh: '创建集群时' },
    meaning: {
      en: 'not applied: used only when the cluster is created; the running cluster, and hosts that join it, keep the value',
      zh: '未应用：仅在创建集群时使用；运行中的集群以及以后加入的主机保留原值',
    },
    apply: {
      en: 'set the running value in the plan, or re-create the cluster (its workloads are lost): muster reset CONTROL-PLANE --force, then muster recover',
      zh: '在计划中改回正在运行的值，或重新创建集群（工作负载会丢失）：muster reset CONTROL-PLANE --force，然后 muster recover',
    },
  },
};

/** How the running cluster gets a field's new value. */
export const applyText = ({ applies, apply }: PlanField): LocalText => apply ?? appliesTexts[applies].apply;
