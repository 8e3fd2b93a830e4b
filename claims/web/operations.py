"""How the work behind the pages stands: the queue, the index of open claims, look-backs; and whether it is ready."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from claims import live_index, queue
from claims.services.operations import state_of_work
from claims.web.access import StaffRequest, opens_to
from claims.workflow import Verb


@require_safe
@opens_to(Verb.SEE_OPERATIONS)
def operations(request: StaffRequest) -> HttpResponse:
    return render(request, "claims/operations.html", {"work": state_of_work(by=request.user)})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """For load balancers: 200 once requests can be answered, 503 without a database.

    Without a broker reports are still accepted, so that is told and no reason to take the process out. `index` is
    null in a process that nothing has asked for claims yet. `index_trouble`: some machine could not write its index
    file lately; the operations page says which and why.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ready": False, "database": "cannot be reached"}, status=503)
    version = live_index.version()
    index = None if version is None else {"seq": version.seq, "claims": version.claims, "file_seq": version.file_seq}
    broker = "cannot be reached" if queue.length() is None else "reached"
    trouble = bool(live_index.last_troubles())
    answer = {"ready": True, "database": "reached", "broker": broker, "index": index, "index_trouble": trouble}
    return JsonResponse(answer)
