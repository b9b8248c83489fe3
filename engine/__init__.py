"""The engine: policy in, records out. The rooms are domain, bpmn, store and service."""
