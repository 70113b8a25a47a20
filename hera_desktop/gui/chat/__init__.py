"""The parts of the chat: conversation, composer, facts, lessons."""
