import { describe, expect, it, test } from 'vitest';
import { actionCatalogue, actions, operationKinds } from '../../../shared/actions/catalogue.ts';
import { partIds } from '../../../shared/actions/parts.ts';
import { actionRequestSchema, operationPartSchema, operationSchema } from '../../../shared/protocol/operation.ts';
import type { LocalText } from '../../../shared/text/local-text.ts';

const isTranslated = ({ en, zh }: LocalText) => en !== '' && zh !== '' && en !== zh;

describe('the protocol', () => {
  it('has the actions, operation kinds and parts of the catalogue', () => {
    expect(actionRequestSchema.shape.action.options).toEqual(actions);
    expect(operationSchema.shape.kind.options).toEqual(operationKinds);
    expect(operationPartSchema.shape.id.options).toEqual(partIds);
  });
});

test.each(actions)('%s has a name, a summary, effects and an answer in both languages', (action) => {
  const { name, summary, options = [], effects, answer } = actionCatalogue[action];
  const texts = [name, summary, ...options.map(({ text }) => text), ...effects('node01'), answer('node01')];
  expect(texts.filter((text) => !isTranslated(text))).toEqual([]);
});

test.each(
  operationKinds,
)('%s consists of parts, each once, and has the reason for its hold in both languages', (kind) => {
  const { parts, holdReason } = actionCatalogue[kind];
  expect(parts.length).toBeGreaterThan(0);
  expect(new Set(parts).size).toBe(parts.length);
  expect(isTranslated(holdReason('root'))).toBe(true);
});
