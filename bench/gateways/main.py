"""Asks questions through a gateway in each format and compares what the program records with what the gateway counted. See bench/gateways.sh."""

import json
import os
import re
import secrets
import shutil
import signal
import sqlite3
import sys
import time
import urllib.error
import urllib.request

from processes import Process, free_port

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = "small"
# Format: type of the service, the path of its base URL at the gateway.
FORMATS = {"openai": "/v1", "gemini": "/v1beta", "anthropic": "/v1"}
# LiteLLM leaves out the field `modelVersion` of Gemini's replies.
FORMATS_WITHOUT_MODEL_NAME = {"gemini"}
DOCUMENTS = {
    "lisbon.txt": "The office in Lisbon opens at nine. Visitors register at the desk.\n",
    "lamps.txt": "The lamps of the lighthouse burn from dusk until dawn. The keeper trims them at midnight.\n",
    "garden.txt": "The garden has forty apple trees. The gardener waters the trees every Monday.\n",
    "ferry.txt": "The ferry to the island leaves at seven in the morning. A ticket costs four euros.\n",
}
QUESTIONS = [
    "When does the office in Lisbon open?",
    "When do the lamps of the lighthouse burn?",
    "How many apple trees does the garden have?",
    "When does the ferry to the island leave?",
    "What does a ticket of the ferry cost?",
    "When does the gardener water the trees?",
]
# Without the grammar of model_server.mjs: what this model does by itself.
FREE_QUESTIONS = [question.replace("?", ", put freely?") for question in QUESTIONS[:2]]
COLUMNS = (
    "format",
    "answered",
    "with citations",
    "pieces",
    "seconds from first to last",
    "tokens in, out",
    "model named",
    "pieces until stop",
    "markers without grammar",
)
LONG_QUESTION = "What is written at length about the lamps of the lighthouse and their keeper?"
PATIENCE = 600


class Broken(Exception):
    """A check that failed."""


def require(condition, message):
    if not condition:
        raise Broken(message)


def await_value(read, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = read()
        if value:
            return value
        time.sleep(0.2)
    raise Broken(what)


def lines(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.endswith("\n")]


class Lectern:
    """The program with a data folder of its own, whose only chat model is the one behind the gateway."""

    def __init__(self, work, service_type, gateway, key):
        self.data = os.path.join(work, "data")
        self.url = f"http://127.0.0.1:{free_port()}"
        folder = os.path.join(work, "documents")
        os.makedirs(folder)
        for name, text in DOCUMENTS.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        settings = {
            "LECTERN_CHAT_MODEL": f"gateway:{MODEL}",
            "LECTERN_SERVICE_GATEWAY_TYPE": service_type,
            "LECTERN_SERVICE_GATEWAY_BASE_URL": gateway + FORMATS[service_type],
            "LECTERN_SERVICE_GATEWAY_API_KEY": key,
            "LECTERN_SERVICE_GATEWAY_CONTEXT_TOKENS": "4096",
            "LECTERN_ANSWERING_TURN_TIMEOUT": "10m",
            "LECTERN_MODELS_CHECK_AT_START": "false",
            "LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES": "127.0.0.0/8",
        }
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LECTERN_")}
        command = os.environ["PROGRAM"].split() + ["serve", folder, "--data", self.data, "--port", self.url.split(":")[2]]
        self.process = Process(command, os.path.join(work, "server.log"), environment | settings)
        self.process.await_url(self.url + "/health/ready")
        with open(os.path.join(self.data, "key"), encoding="utf-8") as file:
            self.key = file.read().strip()
        await_value(lambda: self.figures().get("done") == len(DOCUMENTS), "the documents were not read")

    def figures(self):
        try:
            with urllib.request.urlopen(self.url + "/health", timeout=60) as response:
                report = json.load(response)
        except urllib.error.HTTPError as down:
            report = json.load(down)
        return next((part.get("figures", {}) for part in report["parts"] if part["name"] == "library"), {})

    def open(self, path, content, accept="application/json"):
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json", "Accept": accept}
        request = urllib.request.Request(self.url + "/api/v1" + path, json.dumps(content).encode(), headers, method="POST")
        return urllib.request.urlopen(request, timeout=PATIENCE)

    def events(self, path, content):
        """Name, data and time of each event of a stream."""
        with self.open(path, content, "text/event-stream") as response:
            name = ""
            for line in response:
                line = line.decode().rstrip("\n")
                if line.startswith("event:"):
                    name = line[6:].strip()
                elif line.startswith("data:"):
                    yield name, json.loads(line[5:]), time.monotonic()

    def ask(self, question):
        """The answer, and when its pieces arrived."""
        arrivals, answer = [], None
        for name, data, at in self.events("/ask", {"question": question}):
            if name == "delta":
                arrivals.append(at)
            elif name in ("finished", "failed"):
                answer = data.get("answer", data)
        require(answer is not None, "the stream had no end")
        return answer, arrivals

    def stop_in_mid_stream(self, question):
        with self.open("/conversations", {}) as response:
            conversation = json.load(response)["id"]
        path = f"/conversations/{conversation}/messages"
        message, deltas, stopped = None, 0, False
        for name, data, _ in self.events(path, {"content": question}):
            message = data["messageId"] if name == "started" else message
            deltas += name == "delta"
            if deltas == 3 and not stopped:
                stopped = True
                self.open(f"{path}/{message}/stop", {}).close()
        require(stopped, f"the answer ended after {deltas} pieces, before it was stopped")

    def ledger(self):
        with sqlite3.connect(f"file:{self.data}/lectern.db?mode=ro", uri=True) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute("SELECT * FROM usage_entries WHERE purpose = 'answer' ORDER BY at, id")]


class Trial:
    """One format: questions one after the other, so that the last lines of all logs are of the same call."""

    def __init__(self, service_type, program, model_log, gateway_log):
        self.format, self.program, self.model_log, self.gateway_log = service_type, program, model_log, gateway_log
        self.figures = {"answered": 0, "cited": 0, "pieces": [], "seconds": [], "input": 0, "output": 0, "free": 0}
        self.broken = []

    def run(self):
        # First, since a program that has just been started joins pieces that came while it loaded its classes.
        for question in FREE_QUESTIONS:
            self.check(lambda question=question: self.count_free_answer(question), question)
        for question in QUESTIONS:
            self.check(lambda question=question: self.check_answer(question), question)
        self.check(self.check_stop, "stop")
        if not self.figures["cited"]:
            self.broken.append("no answer had a citation")
        return self

    def check(self, attempt, what):
        try:
            attempt()
        except (Broken, OSError, KeyError, ValueError) as failure:
            self.broken.append(f"{what} {type(failure).__name__}: {failure}")

    def asked(self, question):
        """An answer with the entries of the model, the gateway and the ledger about it."""
        before = len(lines(self.model_log)), len(lines(self.gateway_log)), len(self.program.ledger())
        answer, arrivals = self.program.ask(question)
        served = await_value(lambda: lines(self.model_log)[before[0] :], f"the model was not called: {json.dumps(answer)[:600]}")
        counted = await_value(lambda: [e for e in lines(self.gateway_log)[before[1] :] if e["status"] == "success"], "the gateway has no entry")
        entered = await_value(lambda: [e for e in self.program.ledger()[before[2] :] if e["outcome"] == "done"], "the ledger has no entry")
        require(len(served) == len(counted) == len(entered) == 1, f"{len(served)} calls, {len(counted)} and {len(entered)} entries")
        return answer, arrivals, served[0], counted[0], entered[0]

    def check_answer(self, question):
        answer, arrivals, served, counted, entered = self.asked(question)
        usage = answer["usage"]
        tokens = {
            "answer": (usage["inputTokens"], usage["outputTokens"]),
            "ledger": (entered["input_tokens"], entered["output_tokens"]),
            "gateway": (counted["prompt_tokens"], counted["completion_tokens"]),
            "model": (served["promptTokens"], served["completionTokens"]),
        }
        require(len(set(tokens.values())) == 1, f"tokens of prompt and answer differ: {tokens}")
        require(not entered["estimated"], "the ledger has estimated tokens")
        require("fallback" not in answer and answer.get("model") == f"gateway:{MODEL}", f"not the model: {json.dumps(answer)[:400]}")
        require(answer["status"] == "answered", f"the model wrote {served['text']!r}; {answer['status']} {answer.get('reason')}")
        named = None if self.format in FORMATS_WITHOUT_MODEL_NAME else MODEL
        require(answer.get("answeringModel") == named, f"answeringModel is {answer.get('answeringModel')}, not {named}")
        require(entered["answering_model"] == named, f"answering_model of the ledger is {entered['answering_model']}, not {named}")
        self.figures["answeringModel"] = named or "none"
        for citation in answer["citations"]:
            require(any(citation["quote"] in text for text in DOCUMENTS.values()), f"not in a document: {citation['quote']!r}")
        spread = arrivals[-1] - arrivals[0] if arrivals else 0
        # The program joins some pieces, such as those of markers.
        require(len(arrivals) >= 5, f"{served['pieces']} pieces of the model came as {len(arrivals)}")
        # A gateway that collects the reply would hand it on at once.
        require(len({round(at, 2) for at in arrivals}) >= len(arrivals) / 3, f"{len(arrivals)} pieces came within {spread:.2f} s")
        self.figures["answered"] += 1
        self.figures["cited"] += bool(answer["citations"])
        self.figures["pieces"].append(len(arrivals))
        self.figures["seconds"].append(spread)
        self.figures["input"] += usage["inputTokens"]
        self.figures["output"] += usage["outputTokens"]

    def count_free_answer(self, question):
        _, _, served, _, _ = self.asked(question)
        self.figures["free"] += bool(re.search(r"\[\d+\]", served["text"]))

    def check_stop(self):
        before = len(lines(self.model_log))
        self.program.stop_in_mid_stream(LONG_QUESTION)
        call = await_value(lambda: lines(self.model_log)[before:], "the model was not called")[0]
        require(call["hungUp"], f"the model went on to its end of {call['pieces']} pieces after the stop")
        self.figures["stopped"] = call["pieces"]


def run(work, chosen, processes):
    model_log, gateway_log = os.path.join(work, "model.jsonl"), os.path.join(work, "gateway.jsonl")
    model_port, gateway_port = free_port(), free_port()
    node = ["node", os.path.join(HERE, "model_server.mjs"), os.environ["MODEL_FILE"], str(model_port), model_log]
    processes.append(Process(node, os.path.join(work, "model.log"), os.environ, os.environ["NODE_FOLDER"]))
    processes[-1].await_url(f"http://127.0.0.1:{model_port}/")
    shutil.copy(os.path.join(HERE, "usage_log.py"), work)
    settings = {
        "model_list": [
            {
                "model_name": MODEL,
                "litellm_params": {"model": "openai/smollm2-135m", "api_base": f"http://127.0.0.1:{model_port}/v1", "api_key": "none"},
            }
        ],
        "litellm_settings": {
            "telemetry": False,
            "callbacks": ["usage_log.usage_log"],
            # Otherwise it calls the model by OpenAI's Responses API.
            "use_chat_completions_url_for_anthropic_messages": True,
        },
    }
    with open(os.path.join(work, "gateway.yaml"), "w", encoding="utf-8") as file:
        json.dump(settings, file)
    key = "sk-" + secrets.token_hex(24)
    environment = os.environ | {"LITELLM_MASTER_KEY": key, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "GATEWAY_LOG": gateway_log}
    command = [os.environ["LITELLM"], "--config", "gateway.yaml", "--host", "127.0.0.1", "--port", str(gateway_port), "--telemetry", "False"]
    processes.append(Process(command, os.path.join(work, "gateway.log"), environment, work))
    gateway = f"http://127.0.0.1:{gateway_port}"
    processes[-1].await_url(gateway + "/health/liveliness")
    trials = {}
    print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|", flush=True)
    for name in chosen:
        folder = os.path.join(work, name)
        os.makedirs(folder)
        program = Lectern(folder, name, gateway, key)
        processes.append(program.process)
        trials[name] = Trial(name, program, model_log, gateway_log).run()
        program.process.close()
        print(row(name, trials[name].figures), flush=True)
        for failure in trials[name].broken:
            print(f"{name}: {failure}", file=sys.stderr, flush=True)
    return trials


def row(name, figures):
    pieces, seconds = figures["pieces"] or [0], figures["seconds"] or [0]
    cells = [
        name,
        f"{figures['answered']} of {len(QUESTIONS)}",
        figures["cited"],
        f"{min(pieces)} to {max(pieces)}",
        f"{min(seconds):.2f} to {max(seconds):.2f}",
        f"{figures['input']}, {figures['output']}",
        figures.get("answeringModel", "–"),
        figures.get("stopped", "–"),
        f"{figures['free']} of {len(FREE_QUESTIONS)}",
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def main():
    work = os.path.abspath(sys.argv[1])
    chosen = sys.argv[2:] or list(FORMATS)
    unknown = [name for name in chosen if name not in FORMATS]
    if unknown:
        sys.exit(f"{unknown[0]} is no format; there are {', '.join(FORMATS)}.")
    processes = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    try:
        trials = run(work, chosen, processes)
    finally:
        for process in reversed(processes):
            process.close()
    broken = any(trial.broken for trial in trials.values())
    print("\n" + ("At least one check failed." if broken else "Everything is as it should be."))
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
