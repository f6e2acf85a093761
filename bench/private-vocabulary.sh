#!/usr/bin/env bash
# Prints what remains of former private names and texts in tracked files, and exits with 1 when there is any.
# Released migrations and the changelog may keep them; CONTRIBUTING.md names some as examples of what to avoid.
#
#   bench/private-vocabulary.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Former class names that are no words of English: searched as words.
classes=(
  AddressProperties AllSources AnalyzerKit AnswerKeys AnswerMaker AnswerRun AnswerText AnswerViews AnsweringState
  AnswersOf AsciiDocFormat AskingHttpTest BegunTurn BoundedStream BreakerCircuit BucketOriginals BucketOriginalsTest
  BundledModel CacheMeters CacheNamespace CachingHealth CachingState CallLimits CallerParameters CallersTest
  ChatModelAround ChatModels CircuitChatModel CircuitEmbedder CircuitProperties CircuitsConfiguration CircuitsHealth
  CoalescedRead CodeFormat CodePieces CodeTracker CollectionDeleted CollectionEvaluator CollectionGenerations
  ConversationDeleted ConversationTable ConversationsState CopiedResponse CsvFormat CurrentCaller CutPassage
  CuttingProxy DataOption DatabaseAddress DatabaseAway DatabaseHealth DatabaseMigration DatabasePlace DeepStack
  DifficultFiles DirectAnswers DirectoryOriginals DistantStreams DistantTable DocumentCounts EmbedderAround
  EmbedderCheck EmbedderInForce EmbeddingPool EmbeddingSaver EmbeddingSpeed EventJson EventStreams EvictBusy
  ExportController FakePostgres FallbackWriter FileNames FilledTables FolderName FolderReport FolderScan FolderWalk
  FolderWatch FolderWatches ForeignKeys FreshCounts FreshSequence FunctionWords HealthPart HtmlFormat HttpReader
  HttpState IdempotencyStore IndexCopy IndexCopyCheck IndexDrift IndexHealth IndexMigration IndexPlaces IndexRefill
  IndexRefillTest IndexedPassages IngestionHealth IngestionState InterruptedTurns JdbcCollections JdbcDocuments
  JdbcPassages JdbcUsageLedger JettyErrors JobWatch JudgedQuestions KeepableTexts KeptAnswer KeptAnswers KeptFixtures
  KeptRanking KeptRankingCodec KeptStream KillClients KillableIngestion KilledQdrantTest KindDetector KnownCircuits
  KnownFile LecternEnvironment LexicalQueries LibraryEmbedders LibraryHealth LibraryIdentity LibraryInForce
  LibraryState LibraryWriter LimitedChatModel LimitedRequest LocalHolds LocalStorage LookedUpNames LuceneFolders
  LuceneStore MailFormat MalformedJson MarkdownFormat MarkerFilter MarkupBlocks MarkupFilter MemoryIndexes
  MemoryStreams MessageTable ModelCall ModelFolder ModelRewriter ModelSelection ModelWriter MoveEnds MoveProgress
  MoveResult MovedClock MovedServerTest NamedEmbedders NativeLibraries NearDuplicates NearProperties NearStore NoCache
  NoNetwork NobodyIsCalledTest NodeTable NotingListener NumberedEvent OfficeFormat OnlyJson OpenAi OpenLoop
  OriginalsDrift OriginalsHealth OwnIndex OwnOriginals OwnPart ParserCommand ParserMain PassageCutter
  PassageEmbeddings PassageIndexes PassageText PassingTable PdfBlocks PdfFields PdfFormat PdfLines PdfRunningHeads
  PhonesHomeTest PlainFormat PlainServe PlainText PlantedMistakesTest PoolMetrics PostgresFailure
  PostgresPlace PresentAnswers QdrantLibraries QdrantRefusals QdrantStore QdrantStores QuestionFolder QuotedText
  QuotingCurve QuotingWriter RankingRun RawEmbedding RawHttp ReadStream RealPartsTest RecipeSource RedisLink RedisLost
  RedisLostTest RedisTimes ReembedTexts ReembeddingRun ReembeddingTable RememberedMigrations RemoteCollection
  RepeatableRequest ReplyInProgress ReplyText ReportTable RequestBounds RequestFilter ResidentMemory
  RestructuredFormat RetryAfter SameRankingTest ScratchCollection SearchSpeed SearchedPlaces SecurityState
  ServedFolder ServerFile SeveralNodesTest SharedHolds SharedQueueTest SharedRead SharedStores ShownMessages
  SigningKeys SizedModel SparseWords SqlitePlace StageTimers StandInEmbedder StandInModel StartFailure StateTable
  StopListener StoppedNode StorageHealth StorageState StoredCaches StreamWriter StreamedChat StrictCollection
  StrictCollections StrictFilter StrictPoints StrictQdrant SuggestedQuestions SwitchEmbedder SwitchedEmbedder
  TablePair TableShape TaskQueue TestCaches TestRedis TextBuilder TextDecoding TextKinds TextLines TikaReading
  TitleRule TokenEstimate TurnKeeper TurnRecipe TurnTable TwoNodes UpstreamHttp UpstreamHttpBuilder UsageState
  ValueForm VectorCodec VisitorCookie WordScores WordWeight XmlFormat
)

# Former class names that are also words of English: searched where code uses a type, and as `Name` in documents.
words=(
  Showing Making Workshop Settling Asking Taking Wish Distant Fates Fate Whereabouts Neighbours Newcomer Patience
  Remembered Savings Persistent Uninterrupted Citing Citable Holds Legs Fused Sealing Intake Arrival
)

# Former method names: searched where Java and TypeScript code declares, calls or references them.
methods=(
  bringUpToDate buried comeBack forgetOver hurry interruptOrphans isAnothers isNearSome isNobodys keepHouse letGo look
  makeAlike neededToBeReady pointsBack putEarlierAgain readerIsThere requireHere saysName saysRoughly settledTime
  sinceReader startAgain told touched vanished
)

# Former texts, tables and columns: searched literally.
phrases=(
  "It did not say how it is"
  "What is kept for a while"
  "Nothing remote keeps failing"
  "Proof of identity is missing"
  "Something went wrong"
  "This is not here any more"
  "was given up: whoever asked has gone"
  "whoever asked has gone"
  "Whether everything agrees"
  "Seeing how it is"
  "Who may do what"
  "is of no use any more"
  "made again from the library"
  "gone for good"
  "Look at the server's log"
  "Could not look for"
  "as attacks do"
  "There is nothing to read in it"
  "stood here. The document was deleted"
  "shown though gone"
  "STILL AT WORK"
)

found=0

# report TITLE PATTERN PATH...: prints tracked lines that match
report() {
  local title=$1 pattern=$2 lines status=0
  shift 2
  lines=$(git grep -nE -e "$pattern" -- "$@" ':!CHANGELOG.md' ':!bench/private-vocabulary.sh' \
    ':!server/src/main/resources/db/migration') || status=$?
  [ "$status" -le 1 ] || exit 2
  if [ -n "$lines" ]; then
    printf '%s:\n%s\n\n' "$title" "$(cut -c 1-160 <<<"$lines")"
    found=1
  fi
}

# join NAME...: the names as one alternation
join() {
  local IFS='|'
  printf '%s' "$*"
}

names=$(join "${classes[@]}")
single=$(join "${words[@]}")
verbs=$(join "${methods[@]}")
# A type is declared, imported, created or called, or stands before a variable, in type arguments or in a cast.
type="(class|interface|record|enum|new|extends|implements|throws|instanceof|@link|@see) ($single)\\b"
type+="|[.]($single)(;|\\b[.][a-zA-Z])|\\b($single)([.][a-zA-Z]|::|[(<]|\\[\\])"
type+="|[(<,] ?($single)[>,)]|(^[^*/]*|[(<,] ?)\\b($single)(<[^>]*>)? [a-z][a-zA-Z0-9]* ?([;=,:(){]|->)"
report "Former class names in code" "\\b($names)\\b" '*.java' '*.sh' '*.xml' '*.yaml' lectern
report "Former class names as types" "$type" '*.java'
report "Former class names in scripts" "\\b($single)[.](class|java)\\b|[.]($single)\\b" '*.sh' '*.xml' lectern
report "Former class names in documents" "\`($names|$single)\\b" '*.md' ':!CONTRIBUTING.md'
report "Former methods" "(\\b|::)($verbs)\\(|::($verbs)\\b" '*.java' '*.ts' '*.tsx'
for phrase in "${phrases[@]}"; do
  report "Former text \"$phrase\"" "${phrase//./[.]}" .
done
# Databases of versions before V170 have the former columns, so what opens them, and its tests, must name them.
report "Former columns" "put_off" . ':!server/src/main/java/dev/lectern/storage/DatabaseStateTable.java' \
  ':!server/src/test/java/dev/lectern/backup/LibraryMigrationTest.java' \
  ':!server/src/test/java/dev/lectern/storage/DatabaseStateTest.java'

[ "$found" -eq 0 ] && echo "No private vocabulary is left."
exit "$found"
