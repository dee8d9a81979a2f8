import type { Database } from 'better-sqlite3';

/** The first schema. Frozen once released: a change is a new migration. */
export function firstSchema(db: Database): void {
  db.exec(`
    CREATE TABLE meta (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sweeps (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      spec TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;

    -- Columns are what is shown, sorted or filtered by; the whole configuration is JSON. The long texts come last:
    -- SQLite then lists runs without reading their overflow pages.
    CREATE TABLE runs (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      state TEXT NOT NULL
        CHECK (state IN ('queued', 'running', 'paused', 'finished', 'diverged', 'failed', 'cancelled')),
      message TEXT,
      lr REAL,
      wd REAL,
      weight_decay_mode TEXT CHECK (weight_decay_mode IN ('coupled', 'decoupled')),
      momentum REAL,
      intrinsic_lr REAL,
      batch_size INTEGER,
      model TEXT,
      dataset TEXT,
      norm TEXT,
      seed INTEGER,
      replica INTEGER,
      steps INTEGER,
      steps_per_epoch REAL,
      last_step REAL,
      test_accuracy REAL,
      train_loss REAL,
      sweep_id TEXT REFERENCES sweeps (id) ON DELETE SET NULL,
      source TEXT NOT NULL,
      source_hash TEXT,
      device TEXT,
      priority INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      started_at INTEGER,
      ended_at INTEGER,
      deleted_at INTEGER,
      resumed_at TEXT NOT NULL DEFAULT '[]',
      notes TEXT NOT NULL DEFAULT '',
      groups TEXT NOT NULL DEFAULT '[]',
      config TEXT NOT NULL
    ) STRICT;
    CREATE INDEX runs_newest ON runs (deleted_at, created_at DESC, id DESC);
    CREATE INDEX runs_queue ON runs (state, priority DESC, created_at, id);
    CREATE INDEX runs_sweep ON runs (sweep_id, id);

    CREATE TABLE tags (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      tag TEXT NOT NULL,
      PRIMARY KEY (run_id, tag)
    ) STRICT, WITHOUT ROWID;

    -- last_value NULL stands for NaN, which SQLite does not hold.
    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      metric TEXT NOT NULL,
      points INTEGER NOT NULL,
      first_step REAL NOT NULL,
      last_step REAL NOT NULL,
      last_value REAL,
      UNIQUE (run_id, metric)
    ) STRICT;

    -- Level 0: every point in vals. Level n: complete buckets of 16^n points, mean in vals, extremes, and in counts
    -- how many of a bucket's points are numbers. minimum and maximum NULL: only NaN.
    CREATE TABLE chunks (
      series_id INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
      level INTEGER NOT NULL,
      chunk INTEGER NOT NULL,
      n INTEGER NOT NULL CHECK (n > 0),
      first_step REAL NOT NULL,
      last_step REAL NOT NULL,
      minimum REAL,
      maximum REAL,
      steps BLOB NOT NULL,
      vals BLOB NOT NULL,
      lows BLOB,
      highs BLOB,
      counts BLOB,
      UNIQUE (series_id, level, chunk)
    ) STRICT;
    CREATE INDEX chunks_steps ON chunks (series_id, level, first_step);

    CREATE TABLE checkpoints (
      run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
      step INTEGER NOT NULL,
      wall_seconds REAL NOT NULL,
      saved_at INTEGER NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE analyses (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      method_version TEXT NOT NULL,
      input_hash TEXT NOT NULL,
      computed_at INTEGER NOT NULL,
      verdict TEXT,
      relaxation_time TEXT,
      result TEXT NOT NULL,
      PRIMARY KEY (run_id, kind)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE figures (
      id TEXT PRIMARY KEY,
      spec TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT;
  `);
}
