"""Lets LiteLLM write what it counted for each call. See bench/gateways.sh."""

import json
import os

from litellm.integrations.custom_logger import CustomLogger


class UsageLog(CustomLogger):
    async def async_log_success_event(self, kwargs, response_obj, start_time, end_time):
        self.write(kwargs)

    async def async_log_failure_event(self, kwargs, response_obj, start_time, end_time):
        self.write(kwargs)

    def write(self, kwargs):
        call = kwargs["standard_logging_object"]
        entry = {key: call.get(key) for key in ("id", "status", "call_type", "model", "prompt_tokens", "completion_tokens")}
        with open(os.environ["GATEWAY_LOG"], "a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")


usage_log = UsageLog()
