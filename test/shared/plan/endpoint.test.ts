import { expect, test } from 'vitest';
import { readEndpoint } from '../../../shared/plan/endpoint.ts';

test('the default is a name managed by muster, so that the control plane can move', () => {
  expect(readEndpoint(undefined, 'demo')).toEqual({ host: 'demo.muster.internal', port: 6443, managed: true });
});

test('a port may be given, as text or as a field', () => {
  expect(readEndpoint('api.example.com', 'demo')).toEqual({ host: 'api.example.com', port: 6443, managed: true });
  expect(readEndpoint('api.example.com:8443', 'demo')).toMatchObject({ port: 8443 });
  expect(readEndpoint({ host: '10.0.0.1', port: 443, managed: false }, 'demo')).toEqual({
    host: '10.0.0.1',
    port: 443,
    managed: false,
  });
});
