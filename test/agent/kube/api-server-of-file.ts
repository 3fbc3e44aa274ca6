import { afterAll, beforeEach } from 'vitest';
import { type ApiServer, startApiServer } from './api-server.ts';

/** One API server for all tests of a file, emptied before each test. */
export async function apiServerOfFile(): Promise<ApiServer> {
  const api = await startApiServer();
  afterAll(() => api.close());
  beforeEach(() => {
    api.objects.clear();
    api.hooks.length = 0;
    api.requests.length = 0;
  });
  return api;
}
