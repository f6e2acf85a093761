-- Asks the same question again and again; the file of the request is the first argument, a visitor's cookie the second.
function init(arguments)
  local file = io.open(arguments[1], "rb")
  wrk.method = "POST"
  wrk.body = file:read("*a")
  wrk.headers["Content-Type"] = "application/json"
  if arguments[2] then wrk.headers["Cookie"] = arguments[2] end
  file:close()
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("rate %.0f p50 %.2f p95 %.2f p99 %.2f failed %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
