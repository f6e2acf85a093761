BEGIN TRANSACTION;
CREATE TABLE collection (
    id         TEXT PRIMARY KEY,
    name       TEXT   NOT NULL,
    embedder   TEXT REFERENCES embedder (id),
    generation BIGINT NOT NULL,
    created_at BIGINT
);
INSERT INTO "collection" VALUES('default','Documents','994f83f2dd428598',3,NULL);
INSERT INTO "collection" VALUES('01m822mpbfyyn8yycyqym5n2bs','Others','994f83f2dd428598',1,1795366213999);
CREATE TABLE conversation (
    id           TEXT   NOT NULL PRIMARY KEY,
    owner        TEXT   NOT NULL,
    title        TEXT   NOT NULL,
    folded_title TEXT   NOT NULL,
    -- ids of the collections to search, separated by spaces; empty means all that may be read
    collections  TEXT   NOT NULL,
    -- the last message of the present branch
    head         TEXT,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL
);
INSERT INTO "conversation" VALUES('01kdvdnbyg6gcbzjcmb817e2ss','anna','Cats','cats','default','01kdvdnjs8rkjyvgkf2rdzq96e',1767225601000,1767225607000);
CREATE TABLE document (
    id             TEXT PRIMARY KEY,
    collection     TEXT    NOT NULL REFERENCES collection (id),
    title          TEXT    NOT NULL,
    uri            TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    reason_code    TEXT,
    reason         TEXT,
    version        INTEGER NOT NULL,
    passages       INTEGER NOT NULL,
    media_type     TEXT,
    plain          INTEGER NOT NULL,
    hash           TEXT    NOT NULL,
    bytes          BIGINT  NOT NULL,
    present_hash   TEXT,
    attempted_hash TEXT,
    pipeline       TEXT,
    embedder       TEXT,
    created_at     BIGINT  NOT NULL,
    updated_at     BIGINT  NOT NULL
);
INSERT INTO "document" VALUES('01m822mp0vr7s1x4nf690msxse','default','broken.txt','file:///srv/manuals/broken.txt','failed','broken','The file is damaged. Save it again.',0,0,NULL,0,'f526795c95399cea27c055c842c3d6ab018ed0fa4f66f701c28ab22dec28237b',6,NULL,'f526795c95399cea27c055c842c3d6ab018ed0fa4f66f701c28ab22dec28237b','p1c1','994f83f2dd428598',1795366213659,1795366213695);
INSERT INTO "document" VALUES('01m822mp0v662dxvvdmksbhqg2','default','manual.txt','file:///srv/manuals/manual.txt','done',NULL,NULL,1,1,'text/plain',0,'f9bb0fcfe53e21211fc59e49d8ce4f36ccb523486d69cf6a2692fa5e0f124568',57,'f9bb0fcfe53e21211fc59e49d8ce4f36ccb523486d69cf6a2692fa5e0f124568','f9bb0fcfe53e21211fc59e49d8ce4f36ccb523486d69cf6a2692fa5e0f124568','p1c1','994f83f2dd428598',1795366213659,1795366213829);
INSERT INTO "document" VALUES('01m822mp6yrjp3vbm909qf4za3','default','Cats','text:a','done',NULL,NULL,2,1,'text/plain',1,'bcce5e6c061bb3971473b1a2c8d2dcdc08574112a8348b01fcd8b987f6320d98',25,'bcce5e6c061bb3971473b1a2c8d2dcdc08574112a8348b01fcd8b987f6320d98','bcce5e6c061bb3971473b1a2c8d2dcdc08574112a8348b01fcd8b987f6320d98','p1c1','994f83f2dd428598',1795366213854,1795366213979);
INSERT INTO "document" VALUES('01m822mpbsd7d41d9wayqezh0d','01m822mpbfyyn8yycyqym5n2bs','Dogs','text:b','done',NULL,NULL,1,1,'text/plain',1,'3152bc457f9b5e8cb54aab4d910dffe865ee04f6ef940c857e5300d749d7209d',16,'3152bc457f9b5e8cb54aab4d910dffe865ee04f6ef940c857e5300d749d7209d','3152bc457f9b5e8cb54aab4d910dffe865ee04f6ef940c857e5300d749d7209d','p1c1','994f83f2dd428598',1795366214009,1795366214046);
CREATE TABLE document_text (
    document TEXT PRIMARY KEY REFERENCES document (id),
    body     TEXT NOT NULL,
    headings TEXT NOT NULL,
    pages    TEXT NOT NULL
);
INSERT INTO "document_text" VALUES('01m822mp0v662dxvvdmksbhqg2','# Setup
Turn the key to the left.
# Care
Wash it by hand.','1 0 # Setup
1 34 # Care','');
INSERT INTO "document_text" VALUES('01m822mp6yrjp3vbm909qf4za3','Cats sleep all day.','','');
INSERT INTO "document_text" VALUES('01m822mpbsd7d41d9wayqezh0d','Dogs bark.','','');
CREATE TABLE embedder (
    id              TEXT PRIMARY KEY,
    model           TEXT    NOT NULL,
    dimensions      INTEGER NOT NULL,
    question_prefix TEXT    NOT NULL,
    passage_prefix  TEXT    NOT NULL,
    pooling         TEXT    NOT NULL,
    normalised      INTEGER NOT NULL
);
INSERT INTO "embedder" VALUES('994f83f2dd428598','counting',8,'','','cls',1);
CREATE TABLE embedding (
    embedder TEXT  NOT NULL,
    hash     TEXT  NOT NULL,
    vector   BYTEA NOT NULL,
    PRIMARY KEY (embedder, hash)
);
INSERT INTO "embedding" VALUES('994f83f2dd428598','db07b9468b564a34dba0b2858f8917d3eed77fb119301d7214431136bc064068',X'DEB4163FD03A6E3E7F7A5E3F7FB1393F75B65F3F0225003F621D763F44CFF43E');
INSERT INTO "embedding" VALUES('994f83f2dd428598','175e3de21361e478178b21445932eced2a3a85b99f0b34c6edefd561bad7e0d9',X'02E8A03E9A3A143F64EED93E81F5673F68A4B33EA35C4D3F003C383E68C5C53D');
INSERT INTO "embedding" VALUES('994f83f2dd428598','b4b6a8f090ac84c99a2e3122699503906c027ae698480442d3a1394087e3cf23',X'84BA943E4051A53D6FAB003FDC06C83E8C3E223F6015ED3E44FC483FE7555C3F');
INSERT INTO "embedding" VALUES('994f83f2dd428598','d551cf90d5cd25856769543a932187a659ff2c645038be55bba7284d7f42ddec',X'8946123F3642203FD016993DA48C203FB503443FC92A603F9C85433F0E75623F');
CREATE TABLE feedback (
    message_id TEXT   NOT NULL PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    rating     TEXT   NOT NULL,
    comment    TEXT,
    created_at BIGINT NOT NULL
);
INSERT INTO "feedback" VALUES('01kdvdnew8s9enm5rnzzsy2hx1','up','Right',1767225606000);
CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
INSERT INTO "flyway_schema_history" VALUES(1,'010','library','SQL','V010__library.sql',-552026656,'','2026-11-22 16:50:12.991',9,1);
INSERT INTO "flyway_schema_history" VALUES(2,'020','ingestion','SQL','V020__ingestion.sql',1576261660,'','2026-11-22 16:50:13.019',1,1);
INSERT INTO "flyway_schema_history" VALUES(3,'030','conversations','SQL','V030__conversations.sql',-1868400771,'','2026-11-22 16:50:13.039',1,1);
INSERT INTO "flyway_schema_history" VALUES(4,'040','usage','SQL','V040__usage.sql',564793417,'','2026-11-22 16:50:13.053',4,1);
INSERT INTO "flyway_schema_history" VALUES(5,'050','security','SQL','V050__security.sql',492723677,'','2026-11-22 16:50:13.060',0,1);
INSERT INTO "flyway_schema_history" VALUES(6,'060','http','SQL','V060__http.sql',-473387696,'','2026-11-22 16:50:13.077',5,1);
CREATE TABLE idempotency_keys (
    caller       TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    request_hash TEXT    NOT NULL,
    owner        TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    status       INTEGER NOT NULL,
    content_type TEXT,
    location     TEXT,
    body         TEXT,
    PRIMARY KEY (caller, key)
);
INSERT INTO "idempotency_keys" VALUES('v','k','h','o',1760000000000,201,'application/json',NULL,'{}');
CREATE TABLE index_outbox (
    id         TEXT PRIMARY KEY,
    embedder   TEXT NOT NULL,
    kind       TEXT NOT NULL,
    target     TEXT NOT NULL,
    version    INTEGER NOT NULL
);
CREATE TABLE job (
    id          TEXT PRIMARY KEY,
    collection  TEXT    NOT NULL,
    source      TEXT,
    status      TEXT    NOT NULL,
    reason_code TEXT,
    reason      TEXT,
    scanned     INTEGER NOT NULL,
    confirmed   INTEGER NOT NULL,
    automatic   INTEGER NOT NULL,
    owner       TEXT,
    lease_until BIGINT,
    created_at  BIGINT  NOT NULL,
    started_at  BIGINT,
    finished_at BIGINT
);
INSERT INTO "job" VALUES('01m822mnzcra4rs44wmqw10dsh','default','01m822mnygh74sv3p2h1f0sxfz','done',NULL,NULL,1,0,0,NULL,NULL,1795366213612,1795366213618,1795366213842);
INSERT INTO "job" VALUES('01m822mp6zeepx4cgacwq7hvrr','default',NULL,'done',NULL,NULL,1,0,0,NULL,NULL,1795366213855,1795366213855,1795366213914);
INSERT INTO "job" VALUES('01m822mp979h2sxte930823sxd','default',NULL,'done',NULL,NULL,1,0,0,NULL,NULL,1795366213927,1795366213927,1795366213981);
INSERT INTO "job" VALUES('01m822mpbtsexqnyzva9pvpst1','01m822mpbfyyn8yycyqym5n2bs',NULL,'done',NULL,NULL,1,0,0,NULL,NULL,1795366214010,1795366214010,1795366214047);
CREATE TABLE location (
    source      TEXT   NOT NULL,
    path        TEXT   NOT NULL,
    collection  TEXT   NOT NULL,
    document    TEXT REFERENCES document (id),
    uri         TEXT   NOT NULL,
    hash        TEXT   NOT NULL,
    bytes       BIGINT NOT NULL,
    modified_at BIGINT NOT NULL,
    PRIMARY KEY (source, path)
);
INSERT INTO "location" VALUES('01m822mnygh74sv3p2h1f0sxfz','broken.txt','default','01m822mp0vr7s1x4nf690msxse','file:///srv/manuals/broken.txt','f526795c95399cea27c055c842c3d6ab018ed0fa4f66f701c28ab22dec28237b',6,1795366209146);
INSERT INTO "location" VALUES('01m822mnygh74sv3p2h1f0sxfz','manual.txt','default','01m822mp0v662dxvvdmksbhqg2','file:///srv/manuals/manual.txt','f9bb0fcfe53e21211fc59e49d8ce4f36ccb523486d69cf6a2692fa5e0f124568',57,1795366209138);
INSERT INTO "location" VALUES('texts:default','a','default','01m822mp6yrjp3vbm909qf4za3','text:a','bcce5e6c061bb3971473b1a2c8d2dcdc08574112a8348b01fcd8b987f6320d98',25,0);
INSERT INTO "location" VALUES('texts:01m822mpbfyyn8yycyqym5n2bs','b','01m822mpbfyyn8yycyqym5n2bs','01m822mpbsd7d41d9wayqezh0d','text:b','3152bc457f9b5e8cb54aab4d910dffe865ee04f6ef940c857e5300d749d7209d',16,0);
CREATE TABLE message (
    id              TEXT   NOT NULL PRIMARY KEY,
    conversation_id TEXT   NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    -- what it follows; questions that follow the same message are branches
    parent_id       TEXT,
    role            TEXT   NOT NULL,
    status          TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    -- of a question what was asked, of an answer what was written
    content         TEXT   NOT NULL,
    folded_question TEXT,
    -- the whole answer as it was given, as JSON
    answer          TEXT
);
INSERT INTO "message" VALUES('01kdvdndx099eybczm82z1mhwj','01kdvdnbyg6gcbzjcmb817e2ss',NULL,'question','complete',1767225603000,'Do cats sleep?','do cats sleep?',NULL);
INSERT INTO "message" VALUES('01kdvdnew8s9enm5rnzzsy2hx1','01kdvdnbyg6gcbzjcmb817e2ss','01kdvdndx099eybczm82z1mhwj','answer','complete',1767225603000,'All day [1].',NULL,'{}');
INSERT INTO "message" VALUES('01kdvdnht0fzfxk4z7qts55vfw','01kdvdnbyg6gcbzjcmb817e2ss','01kdvdnew8s9enm5rnzzsy2hx1','question','complete',1767225607000,'And dogs?','and dogs?',NULL);
INSERT INTO "message" VALUES('01kdvdnjs8rkjyvgkf2rdzq96e','01kdvdnbyg6gcbzjcmb817e2ss','01kdvdnht0fzfxk4z7qts55vfw','answer','generating',1767225607000,'',NULL,NULL);
CREATE TABLE original_outbox (
    hash TEXT PRIMARY KEY
);
CREATE TABLE passage (
    id         TEXT PRIMARY KEY,
    document   TEXT    NOT NULL REFERENCES document (id),
    version    INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    language   TEXT    NOT NULL,
    headings   TEXT    NOT NULL,
    page       INTEGER,
    start_at   INTEGER NOT NULL,
    end_at     INTEGER NOT NULL,
    body       TEXT    NOT NULL,
    embedding  TEXT    NOT NULL
);
INSERT INTO "passage" VALUES('01m822mp0v662dxvvdmksbhqg2.1.0','01m822mp0v662dxvvdmksbhqg2',1,0,'und','',NULL,0,57,'# Setup
Turn the key to the left.
# Care
Wash it by hand.','db07b9468b564a34dba0b2858f8917d3eed77fb119301d7214431136bc064068');
INSERT INTO "passage" VALUES('01m822mp6yrjp3vbm909qf4za3.2.0','01m822mp6yrjp3vbm909qf4za3',2,0,'und','',NULL,0,19,'Cats sleep all day.','b4b6a8f090ac84c99a2e3122699503906c027ae698480442d3a1394087e3cf23');
INSERT INTO "passage" VALUES('01m822mpbsd7d41d9wayqezh0d.1.0','01m822mpbsd7d41d9wayqezh0d',1,0,'und','',NULL,0,10,'Dogs bark.','d551cf90d5cd25856769543a932187a659ff2c645038be55bba7284d7f42ddec');
CREATE TABLE signing_keys (
    name       TEXT   NOT NULL PRIMARY KEY,
    secret     TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);
INSERT INTO "signing_keys" VALUES('visitor','c2VjcmV0',1760000000000);
CREATE TABLE source (
    id         TEXT PRIMARY KEY,
    collection TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    path       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    scanned_at BIGINT,
    reason     TEXT
);
INSERT INTO "source" VALUES('01m822mnygh74sv3p2h1f0sxfz','default','folder','/srv/manuals',1795366213584,1795366213684,NULL);
CREATE TABLE task (
    id          TEXT PRIMARY KEY,
    job         TEXT    NOT NULL REFERENCES job (id),
    document    TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    priority    INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    not_before  BIGINT  NOT NULL,
    owner       TEXT,
    lease_until BIGINT,
    bytes       BIGINT  NOT NULL,
    passages    INTEGER NOT NULL,
    reason      TEXT
);
INSERT INTO "task" VALUES('01m822mp0vqtfgtsthqnnvpwa4','01m822mnzcra4rs44wmqw10dsh','01m822mp0vr7s1x4nf690msxse','failed',1,0,1795366213659,NULL,NULL,6,0,'The file is damaged. Save it again.');
INSERT INTO "task" VALUES('01m822mp0wfkk3m3qqtvt98pf6','01m822mnzcra4rs44wmqw10dsh','01m822mp0v662dxvvdmksbhqg2','done',1,0,1795366213659,NULL,NULL,57,1,NULL);
INSERT INTO "task" VALUES('01m822mp6zz5mxy8p5qykc52qf','01m822mp6zeepx4cgacwq7hvrr','01m822mp6yrjp3vbm909qf4za3','done',0,0,1795366213855,NULL,NULL,17,1,NULL);
INSERT INTO "task" VALUES('01m822mp97dnzdzm9mzdp849sc','01m822mp979h2sxte930823sxd','01m822mp6yrjp3vbm909qf4za3','done',0,0,1795366213927,NULL,NULL,25,1,NULL);
INSERT INTO "task" VALUES('01m822mpbtx09sz6g0teasqvt8','01m822mpbtsexqnyzva9pvpst1','01m822mpbsd7d41d9wayqezh0d','running',0,0,1795366214010,'dead',1,16,1,NULL);
CREATE TABLE usage_entries (
    id            TEXT   NOT NULL PRIMARY KEY,
    at            BIGINT NOT NULL,
    model         TEXT   NOT NULL,
    purpose       TEXT   NOT NULL,
    input_tokens  BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    outcome       TEXT   NOT NULL,
    millis        BIGINT NOT NULL,
    cost_micros   BIGINT,
    caller        TEXT
);
INSERT INTO "usage_entries" VALUES('u1',1760000000000,'counting','passage',5,0,'done',12,NULL,NULL);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
CREATE UNIQUE INDEX document_bytes ON document (collection, hash);
CREATE INDEX document_list ON document (collection, id);
CREATE INDEX document_hash ON document (hash);
CREATE INDEX document_present_hash ON document (present_hash);
CREATE INDEX location_document ON location (document);
CREATE INDEX location_collection ON location (collection);
CREATE INDEX passage_document ON passage (document, ordinal);
CREATE INDEX passage_embedding ON passage (embedding);
CREATE UNIQUE INDEX source_path ON source (collection, kind, path);
CREATE INDEX job_status ON job (status, id);
CREATE INDEX job_source ON job (source);
CREATE INDEX task_queue ON task (status, priority, not_before, id);
CREATE INDEX task_job ON task (job, status);
CREATE INDEX task_document ON task (document, status);
CREATE INDEX conversation_newest ON conversation (owner, updated_at DESC, id DESC);
CREATE INDEX message_following ON message (conversation_id, parent_id);
CREATE UNIQUE INDEX message_generating ON message (conversation_id) WHERE status = 'generating';
CREATE INDEX usage_entries_at ON usage_entries (at);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
COMMIT;