import type { Assignment } from '../protocol/assignment.ts';
import { redactLine } from '../redact.ts';
import type { Language, LocalText } from '../text/local-text.ts';
import type { Action } from './action.ts';
import { actionsOf } from './actions.ts';
import { type StepId, stepsOf } from './catalogue.ts';
import { unknownHost } from './definition.ts';

export interface StepDescription {
  id: StepId;
  title: string;
  /** One action per line, with file content indented below. */
  lines: string[];
}

/** Describes the steps of a host, based on the same changes that the agent executes. */
export function describeSteps(assignment: Assignment, language: Language = 'en'): StepDescription[] {
  return stepsOf(assignment.bootstrap, assignment.host.role).map(({ id, title, changes }) => {
    const actions = changes(assignment, unknownHost).flatMap((change) => actionsOf(change));
    return {
      id,
      title: title[language],
      lines: actions.length === 0 ? [nothing[language]] : actions.flatMap((action) => linesOf(action, language)),
    };
  });
}

const nothing: LocalText = { en: 'no changes', zh: '无变更' };

/** Each ends as the language separates it from what follows. */
const verbs: Record<Action['do'], LocalText> = {
  write: { en: 'write ', zh: '写入 ' },
  edit: { en: 'edit ', zh: '编辑 ' },
  remove: { en: 'remove ', zh: '删除 ' },
  run: { en: 'run ', zh: '运行 ' },
  request: { en: 'ask the API server to ', zh: '请求 API 服务器' },
  wait: { en: 'wait: ', zh: '等待：' },
};
const colon: LocalText = { en: ':', zh: '：' };

function linesOf({ do: verb, what, note, content = '' }: Action, language: Language): string[] {
  const noted = note === undefined ? '' : { en: ` (${note.en})`, zh: `（${note.zh}）` }[language];
  const below = content.trimEnd();
  const first = `${verbs[verb][language]}${what[language]}${noted}${below === '' ? '' : colon[language]}`;
  return below === ''
    ? [first]
    : [first, ...below.split('\n').map((line) => (line === '' ? '' : `  ${redactLine(line)}`))];
}
