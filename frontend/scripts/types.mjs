// Generates src/api/schema.d.ts from the API's own description.
// Usage: npm run types -- FILE, or KONTOR_OPENAPI=FILE npm run types; FILE is what GET /api/openapi.json answers.
import { spawnSync } from 'node:child_process';

const source = process.argv[2] ?? process.env.KONTOR_OPENAPI;
if (!source) {
  process.stderr.write('Name the OpenAPI file: npm run types -- openapi.json\n');
  process.exit(2);
}
const run = spawnSync('npx', ['--no-install', 'openapi-typescript', source, '-o', 'src/api/schema.d.ts'], {
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
