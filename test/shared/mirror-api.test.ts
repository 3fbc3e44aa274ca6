import { expect, test } from 'vitest';
import { mirrorApi } from '../../shared/mirror-api.ts';

test.each([
  ['https://mirror.example.com', null],
  ['https://mirror.example.com/', null],
  ['https://harbor.example.com/v2/dockerhub', 'https://harbor.example.com/v2/dockerhub'],
  ['https://harbor.example.com/v2/dockerhub/', 'https://harbor.example.com/v2/dockerhub'],
  ['http://nexus.example.com:8081/repository/docker', 'http://nexus.example.com:8081/repository/docker/v2'],
])('the API of %s is at %s', (mirror, root) => {
  expect(mirrorApi(mirror)?.root ?? null).toBe(root);
});
