"""The whole of Parley on one machine: the template and the zip that go to AWS, on a local AWS."""
