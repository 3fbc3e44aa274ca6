import { actionCatalogue } from '../../shared/actions/catalogue.ts';
import { partTitles } from '../../shared/actions/parts.ts';
import type { Hold, Machine, Operation } from '../../shared/protocol/operation.ts';
import type { Phase } from '../../shared/protocol/status.ts';
import { currentPart } from '../../shared/status/operation.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';

/** The phase that follows from an operator's decision. */
export interface OperatorStanding {
  phase: Phase;
  /** Printed after the host's name and a colon. */
  summary: LocalText;
  remedy: LocalText;
}

export interface OperatorView {
  name: string;
  /** As planned. */
  address: string;
  hold?: Hold | undefined;
  operation?: Operation | undefined;
  machines: readonly Machine[];
}

/** The phase set by an operator's decision; null: the host's own report decides. */
export function operatorStanding({ name, address, hold, operation, machines }: OperatorView): OperatorStanding | null {
  switch (hold?.kind) {
    case undefined:
      return null;
    case 'cloned':
      return {
        phase: 'cloned',
        summary: twoMachines(machines),
        remedy: pickRemedy(name, machineAt(address, machines)),
      };
    case 'leaving':
      return operation === undefined ? null : underWay(name, operation);
    case 'retired':
      return { phase: 'retired', summary: hold.reason, remedy: verbatim(`muster readmit ${name}`) };
    case 'paused':
      return { phase: 'paused', summary: hold.reason, remedy: verbatim(`muster resume ${name}`) };
    case 'unplanned':
      return {
        phase: 'unplanned',
        summary: hold.reason,
        remedy: noted(`muster retire ${name}`, { en: 'or add it to the plan again', zh: '或重新将其加入计划' }),
      };
  }
}

function underWay(name: string, operation: Operation): OperatorStanding | null {
  const part = currentPart(operation);
  if (part === undefined) return null;
  const { en, zh } = actionCatalogue[operation.kind].name;
  const title = partTitles[part.id];
  const more = (message: string, join: string) => (message === '' ? '' : `${join}${message}`);
  const failed = part.state === 'failed';
  return {
    phase: failed ? 'failed' : 'leaving',
    summary: {
      en: `${en}${failed ? ' is stuck' : ''}: ${title.en}${more(part.message.en, ': ')}`,
      zh: `${zh}${failed ? '受阻' : ''}：${title.zh}${more(part.message.zh, '：')}`,
    },
    remedy: failed
      ? noted(`muster ${operation.kind} ${name} --force`, {
          en: `or retry without --force, or: muster cancel ${name}`,
          zh: `或不带 --force 重试，或：muster cancel ${name}`,
        })
      : verbatim(''),
  };
}

function twoMachines(machines: readonly Machine[]): LocalText {
  const each = machines.map(({ address, bootId }) => `${address} (boot ${bootId.slice(0, 8)})`);
  return {
    en: `two machines use this host’s credential: ${each.join(' and ')}`,
    zh: `有两台机器使用该主机的凭据：${each.join(' 和 ')}`,
  };
}

/** The machine that probably is the host: the only one at its planned address. undefined: the operator must look. */
export function machineAt<M extends Pick<Machine, 'address'>>(planned: string, machines: readonly M[]): M | undefined {
  const there = machines.filter(({ address }) => address === planned);
  return there.length === 1 ? there[0] : undefined;
}

function pickRemedy(name: string, machine: Machine | undefined): LocalText {
  if (machine === undefined) {
    return noted(`muster pick ${name} --boot ID`, {
      en: 'ID of the machine that keeps the name',
      zh: '保留该名称的机器的 ID',
    });
  }
  return noted(`muster pick ${name} --boot ${machine.bootId.slice(0, 8)}`, {
    en: 'the machine at the planned address',
    zh: '位于计划地址的机器',
  });
}

/** A command with a comment. */
const noted = (command: string, { en, zh }: LocalText): LocalText => ({
  en: `${command}   # ${en}`,
  zh: `${command}   # ${zh}`,
});
