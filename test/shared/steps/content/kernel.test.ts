import { expect, test } from 'vitest';
import { modulesFile, sysctlFile } from '../../../../shared/steps/content/kernel.ts';

test('modules and sysctls have their own files', () => {
  expect(modulesFile()).toBe('overlay\nbr_netfilter\n');
  expect(sysctlFile([]).split('\n')).toContain('net.ipv4.ip_forward = 1');
});
