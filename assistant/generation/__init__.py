"""Answers in a language model's words, of which only what the documents carry reaches a reader.

`engine` is the flow: number the passages (`passages`), ask (`prompt`), listen with a time limit
(`listen`), read statement by statement (`statements`), test each one (`trial`), and report.
Nothing here knows LangChain: a chat model is anything with its `stream`.
"""
