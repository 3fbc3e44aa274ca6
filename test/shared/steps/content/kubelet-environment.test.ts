import { expect, test } from 'vitest';
import { kubeletEnvironment } from '../../../../shared/steps/content/kubelet-environment.ts';
import { planOf } from '../../plan/plan-text.ts';

test('only a kubelet with built-in AWS code gets the setting that disables it', () => {
  const environment = (version: string) => kubeletEnvironment(planOf({ kubernetes: { version } }).settings);
  expect(environment('1.26.15')).toEqual({ AWS_EC2_METADATA_DISABLED: 'true' });
  expect(environment('1.27.0')).toEqual({});
});
