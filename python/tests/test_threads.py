"""Objects are shared by threads, and other threads run meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pipewright as pw

THREADS = 8


def test_eight_threads_share_a_condition():
    condition = pw.Condition("<+env.name> == 'prod' && <+n> % 2 == 0")

    def decide(number):
        return condition.decide({"env": {"name": "prod"}, "n": number})

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(decide, range(2000)))
    assert answers == [number % 2 == 0 for number in range(2000)]


def test_eight_threads_share_a_project():
    project = pw.Project()
    start = threading.Barrier(THREADS)

    def work(number):
        start.wait()
        name = f"p{number}.yaml"
        for turn in range(20):
            project.set_text(name, f"pipeline: {{identifier: p{number}_{turn}}}")
            assert project.pipeline(name).get("pipeline.identifier").value == f"p{number}_{turn}"
            assert [found for found in project.check() if found.file == name] == []
        return project.pipeline(name)

    with ThreadPoolExecutor(THREADS) as pool:
        pipelines = list(pool.map(work, range(THREADS)))
    assert [pipeline.get("pipeline.identifier").value for pipeline in pipelines] == [
        f"p{number}_19" for number in range(THREADS)
    ]
    assert len(project.names()) == THREADS


def test_others_run_meanwhile():
    """While one thread checks a large text, another one gets its turns."""
    step = "- step: {identifier: s%d, type: ShellScript, name: <+pipeline.nme>}\n"
    steps = "".join("              " + step % number for number in range(1000))
    text = (
        "pipeline:\n  identifier: p\n  stages:\n    - stage:\n        identifier: S\n        type: Custom\n"
        "        spec:\n          execution:\n            steps:\n" + steps
    )
    turns = 0
    done = threading.Event()

    def check():
        try:
            return pw.check(text)
        finally:
            done.set()

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(check)
        while not done.wait(0.001):
            turns += 1
        assert len(found.result()) >= 1000
    assert turns > 3
