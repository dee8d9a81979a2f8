import Sqlite from 'better-sqlite3';

export function sqliteVersion(): string {
  const db = new Sqlite(':memory:');
  try {
    return db.prepare('SELECT sqlite_version()').pluck().get() as string;
  } finally {
    db.close();
  }
}
