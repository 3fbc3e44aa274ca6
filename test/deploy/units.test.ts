import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it.each([
  'muster-agent.service',
  'muster-coordinator.service',
])('%s leaves no core dump, which would hold keys', (name) => {
  const unit = readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');
  expect(unit.split('\n')).toContain('LimitCORE=0');
});
